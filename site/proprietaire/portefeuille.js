// Dûment : filtrer et trier les dossiers. Sans ce script la page dit tout, rangée par état.
"use strict";

(() => {
  const table = document.getElementById("table-dossiers");
  const filtres = document.getElementById("filtres");
  if (!table || !filtres) return;

  const mots = filtres.dataset;
  const champ = document.getElementById("filtre");
  const cases = [...filtres.querySelectorAll("input[type=checkbox]")];
  const etat = document.getElementById("filtre-etat");
  const groupes = [...table.tBodies];
  const entetes = [...table.tHead.rows[0].cells];
  const lignes = groupes.flatMap((groupe) =>
    [...groupe.rows].filter((ligne) => !ligne.classList.contains("groupe")).map((ligne, rang) => ({
      ligne, groupe, rang, texte: plier(ligne.cells[0].textContent + " " + ligne.querySelector(".etats-ligne").textContent),
    })),
  );
  const reste = document.createElement("tbody");
  const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
  const TOTAL = entetes.findIndex((une) => une.textContent === "Total dû");
  let tri = null;

  function plier(texte) {
    return texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function cle(ligne, colonne) {
    const cellule = ligne.cells[colonne];
    return cellule.dataset.tri ?? plier(cellule.textContent.trim());
  }

  function comparer(a, b) {
    const [x, y] = [cle(a.ligne, tri.colonne), cle(b.ligne, tri.colonne)];
    if (x === "" || y === "") return (x === "") - (y === ""); // ce qui manque reste à la fin
    const nombres = /^-?\d+(\.\d+)?$/;
    const ordre = nombres.test(x) && nombres.test(y) ? x - y : x.localeCompare(y, "fr");
    return tri.sens * ordre;
  }

  function montrer() {
    const voulus = plier(champ.value).split(/\s+/).filter(Boolean);
    const etats = new Set(cases.filter((une) => une.checked).map((une) => une.value));
    let centimes = 0;
    let nombre = 0;
    for (const une of lignes) {
      const visible = etats.has(une.groupe.dataset.etat) && voulus.every((mot) => une.texte.includes(mot));
      une.ligne.hidden = !visible;
      if (visible) {
        nombre += 1;
        centimes += Math.round(100 * une.ligne.cells[TOTAL].dataset.tri);
      }
    }
    for (const groupe of groupes) {
      groupe.hidden = ![...groupe.rows].some((ligne) => !ligne.hidden && !ligne.classList.contains("groupe"));
    }
    dire(nombre, centimes);
  }

  function dire(nombre, centimes) {
    const compte = nombre === 0 ? mots.aucun : nombre === 1 ? mots.un : mots.plusieurs.replace("{n}", nombre);
    const somme = nombre ? `, ${euros.format(centimes / 100)}` : "";
    const range = tri
      ? `, ${mots.trie.replace("{colonne}", entetes[tri.colonne].textContent)} (${tri.sens > 0 ? mots.croissant : mots.decroissant})`
      : "";
    etat.textContent = compte + (nombre ? somme + range : "");
  }

  function ranger() {
    entetes.forEach((une, colonne) => {
      if (tri && tri.colonne === colonne) {
        une.setAttribute("aria-sort", tri.sens > 0 ? "ascending" : "descending");
      } else {
        une.removeAttribute("aria-sort");
      }
    });
    if (tri) {
      reste.append(...[...lignes].sort(comparer).map((une) => une.ligne));
      table.tFoot.before(reste);
    } else {
      for (const une of lignes) une.groupe.append(une.ligne);
      reste.remove();
    }
    montrer();
  }

  // Un clic trie, le second retourne l'ordre, le troisième revient au rangement par état.
  function trier(colonne) {
    const premier = lignes.length && lignes[0].ligne.cells[colonne].dataset.tri !== undefined ? -1 : 1;
    if (!tri || tri.colonne !== colonne) tri = { colonne, sens: premier };
    else if (tri.sens === premier) tri = { colonne, sens: -premier };
    else tri = null;
    ranger();
  }

  entetes.forEach((une, colonne) => {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.append(...une.childNodes);
    bouton.addEventListener("click", () => trier(colonne));
    une.append(bouton);
  });
  champ.addEventListener("input", montrer);
  champ.addEventListener("keydown", (touche) => {
    if (touche.key === "Escape") { champ.value = ""; montrer(); }
  });
  cases.forEach((une) => une.addEventListener("change", montrer));
  filtres.hidden = false;
  montrer();
})();
