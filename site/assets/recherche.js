/* La recherche dans le dossier, sans serveur : l'index est un script, chargé à la première frappe.
   `mots` et `racine` plient les mots comme dument/pages/search.py ; un test compare les deux. */
"use strict";

const Recherche = (() => {
  const MOT = /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|[\p{L}\p{N}]+/gu;
  const PLUS = 30; // résultats montrés
  const EXTRAIT = 80; // caractères de part et d'autre du mot trouvé
  const SORTES = {
    lettre: "Lettre", facture: "Facture", fait: "Chronologie", piece: "Pièce",
    article: "Droit", controle: "Contrôle", mot: "Glossaire",
  };

  const plier = (mot) => mot.replace(/œ/g, "oe").replace(/Œ/g, "OE").replace(/æ/g, "ae")
    .replace(/Æ/g, "AE").normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "");

  const mots = (texte) => Array.from(texte.matchAll(MOT), (un) => plier(un[0])).filter(Boolean);

  function racine(mot) {
    if (mot.length <= 3 || !/^[a-z]+$/.test(mot)) return mot;
    if (mot.endsWith("aux") && !mot.endsWith("eaux")) mot = mot.slice(0, -3) + "al";
    else if (/[sx]$/.test(mot)) mot = mot.slice(0, -1);
    if (mot.endsWith("er")) mot = mot.slice(0, -1);
    while (mot.endsWith("e") && mot.length > 3) mot = mot.slice(0, -1);
    return mot;
  }

  /* Un mot vaut 3, le début d'un mot 1 ; dans un titre, 5 de plus. Tous les mots sont exigés. */
  function chercher(index, demande) {
    const demandes = mots(demande).map(racine);
    if (!demandes.length) return [];
    const notes = demandes.map((voulu) => {
      const note = new Map();
      for (const [mot, rangs] of Object.entries(index.mots)) {
        if (!mot.startsWith(voulu)) continue;
        const valeur = mot === voulu ? 3 : 1;
        for (const rang of rangs) note.set(rang, Math.max(note.get(rang) || 0, valeur));
      }
      return note;
    });
    const trouves = [];
    for (const rang of notes[0].keys()) {
      if (!notes.every((note) => note.has(rang))) continue;
      const titre = mots(index.documents[rang].titre).map(racine);
      const bonus = demandes.filter((voulu) => titre.includes(voulu)).length * 5;
      trouves.push([notes.reduce((somme, note) => somme + note.get(rang), bonus), rang]);
    }
    trouves.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    return trouves.map(([, rang]) => index.documents[rang]);
  }

  /* Le texte autour du premier mot trouvé, en morceaux : [texte, est-ce un mot trouvé]. */
  function extrait(texte, demande) {
    const demandes = mots(demande).map(racine);
    const touches = Array.from(texte.matchAll(MOT))
      .filter((un) => demandes.some((voulu) => racine(plier(un[0])).startsWith(voulu)));
    const premier = touches.length ? touches[0].index : 0;
    const debut = Math.max(0, texte.lastIndexOf(" ", Math.max(0, premier - EXTRAIT)) + 1);
    const coupe = texte.indexOf(" ", premier + EXTRAIT);
    const fin = coupe < 0 ? texte.length : coupe;
    const morceaux = [[debut ? "… " : "", false]];
    let ici = debut;
    for (const un of touches.filter((un) => un.index < fin)) {
      morceaux.push([texte.slice(ici, un.index), false], [un[0], true]);
      ici = un.index + un[0].length;
    }
    morceaux.push([texte.slice(ici, fin), false], [fin < texte.length ? " …" : "", false]);
    return morceaux.filter(([morceau]) => morceau);
  }

  function element(nom, classe, texte) {
    const cree = document.createElement(nom);
    if (classe) cree.className = classe;
    if (texte) cree.textContent = texte;
    return cree;
  }

  function ligne(trouve, demande, base) {
    const un = element("li");
    const lien = element("a");
    lien.href = base + trouve.lien;
    const page = trouve.page ? ", page " + trouve.page : "";
    lien.append(element("span", "mot", SORTES[trouve.sorte] || trouve.sorte), " ",
      element("span", "trouve", trouve.titre + page));
    const autour = element("span", "extrait");
    for (const [morceau, touche] of extrait(trouve.texte, demande)) {
      autour.append(touche ? element("mark", "", morceau) : morceau);
    }
    lien.append(autour);
    un.append(lien);
    return un;
  }

  function poser(boite) {
    const champ = boite.querySelector("input");
    const panneau = boite.querySelector(".resultats");
    const dire = boite.querySelector("[role=status]");
    const liste = boite.querySelector("ol");
    const base = boite.dataset.racine;
    let attente = null;

    function charger(suite) {
      if (window.DUMENT_RECHERCHE) return suite();
      if (attente) return attente.addEventListener("load", suite);
      attente = element("script");
      attente.src = base + "recherche-index.js";
      attente.addEventListener("load", suite);
      document.head.append(attente);
    }

    function montrer() {
      const demande = champ.value.trim();
      const trouves = demande ? chercher(window.DUMENT_RECHERCHE, demande) : [];
      liste.replaceChildren(...trouves.slice(0, PLUS).map((un) => ligne(un, demande, base)));
      panneau.hidden = !demande;
      dire.textContent = !demande ? "" : !trouves.length ? boite.dataset.aucun
        : trouves.length === 1 ? boite.dataset.un
        : boite.dataset.plusieurs.replace("{n}", trouves.length);
    }

    const fermer = () => { panneau.hidden = true; };

    champ.addEventListener("input", () => charger(montrer));
    champ.addEventListener("focus", () => { if (champ.value) charger(montrer); });
    document.addEventListener("keydown", (touche) => {
      const ailleurs = !boite.contains(document.activeElement);
      if (touche.key === "/" && ailleurs && !touche.ctrlKey && !touche.altKey && !touche.metaKey
          && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
        touche.preventDefault();
        champ.focus();
        champ.select();
      }
    });
    boite.addEventListener("keydown", (touche) => {
      const liens = Array.from(liste.querySelectorAll("a"));
      const ici = liens.indexOf(document.activeElement);
      if (touche.key === "Escape") {
        fermer();
        champ.focus();
      } else if (touche.key === "ArrowDown" && liens.length) {
        liens[Math.min(ici + 1, liens.length - 1)].focus();
      } else if (touche.key === "ArrowUp" && ici >= 0) {
        (ici ? liens[ici - 1] : champ).focus();
      } else if (touche.key === "Enter" && ici < 0 && liens.length && !panneau.hidden) {
        liens[0].click();
      } else {
        return;
      }
      touche.preventDefault();
    });
    document.addEventListener("click", (clic) => { if (!boite.contains(clic.target)) fermer(); });
    boite.addEventListener("focusout", ({ relatedTarget: vers }) => {
      if (vers && !boite.contains(vers)) fermer();
    });

    boite.hidden = false;
    const demandee = /^#q=(.+)/.exec(location.hash);
    if (demandee) {
      champ.value = decodeURIComponent(demandee[1]);
      charger(montrer);
    }
  }

  return { mots, racine, chercher, extrait, poser };
})();

if (typeof document !== "undefined") {
  const boite = document.getElementById("chercher");
  if (boite) Recherche.poser(boite);
}
if (typeof module !== "undefined") module.exports = Recherche;
