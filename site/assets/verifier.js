/* Refaire les empreintes SHA-256 des fichiers du dossier, sans réseau et sans rien envoyer.
   Un navigateur peut refuser crypto.subtle à une page ouverte par double clic : `sha256` le supplée. */
"use strict";

const Verification = (() => {
  const MANIFESTE = "manifest.json";
  const PAGE = "verifier.html";

  /* FIPS 180-4. Les constantes sont les 32 premiers bits des racines des premiers nombres premiers. */
  const premiers = [];
  for (let n = 2; premiers.length < 64; n += 1) {
    if (premiers.every((p) => n % p)) premiers.push(n);
  }
  const bits = (x) => Math.floor((x - Math.floor(x)) * 0x100000000) >>> 0;
  const DEPART = premiers.slice(0, 8).map((p) => bits(Math.sqrt(p)));
  const K = premiers.map((p) => bits(Math.cbrt(p)));

  function sha256(octets) {
    const taille = octets.length;
    const bloc = new Uint8Array(((taille + 72) >> 6) << 6);
    bloc.set(octets);
    bloc[taille] = 0x80;
    const vue = new DataView(bloc.buffer);
    vue.setUint32(bloc.length - 8, Math.floor(taille / 0x20000000));
    vue.setUint32(bloc.length - 4, (taille << 3) >>> 0);
    const etat = DEPART.slice();
    const w = new Uint32Array(64);
    const tourner = (x, n) => (x >>> n) | (x << (32 - n));
    for (let debut = 0; debut < bloc.length; debut += 64) {
      for (let i = 0; i < 16; i += 1) w[i] = vue.getUint32(debut + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const a = tourner(w[i - 15], 7) ^ tourner(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const b = tourner(w[i - 2], 17) ^ tourner(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = w[i - 16] + a + w[i - 7] + b;
      }
      let [a, b, c, d, e, f, g, h] = etat;
      for (let i = 0; i < 64; i += 1) {
        const s1 = tourner(e, 6) ^ tourner(e, 11) ^ tourner(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = tourner(a, 2) ^ tourner(a, 13) ^ tourner(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { etat[i] = (etat[i] + x) >>> 0; });
    }
    return etat.map((x) => x.toString(16).padStart(8, "0")).join("");
  }

  async function empreinte(fichier) {
    const octets = await fichier.arrayBuffer();
    if (!globalThis.crypto || !crypto.subtle) return sha256(new Uint8Array(octets));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
    return Array.from(digest, (un) => un.toString(16).padStart(2, "0")).join("");
  }

  /* Rend, par chemin : conforme, altere, manquant ou en-plus. `attendues` : chemin → empreinte. */
  async function comparer(attendues, fichiers) {
    const etats = new Map();
    const presents = new Map(fichiers.map((un) =>
      [(un.webkitRelativePath || un.name).replace(/^[^/]*\//, ""), un]));
    for (const [chemin, voulue] of Object.entries(attendues)) {
      const present = presents.get(chemin);
      const etat = !present ? "manquant"
        : (await empreinte(present)) === voulue ? "conforme" : "altere";
      etats.set(chemin, etat);
    }
    for (const chemin of presents.keys()) {
      if (!etats.has(chemin) && chemin !== MANIFESTE && chemin !== PAGE) etats.set(chemin, "en-plus");
    }
    const manifeste = presents.get(MANIFESTE);
    const dites = manifeste ? await lire(manifeste) : {};
    etats.set(MANIFESTE, !manifeste ? "manquant" : sont_les_memes(attendues, dites) ? "conforme" : "altere");
    const page = presents.get(PAGE);
    etats.set(PAGE, !page ? "manquant" : (await empreinte(page)) === dites[PAGE] ? "conforme" : "altere");
    return etats;
  }

  async function lire(manifeste) {
    try {
      return JSON.parse(await manifeste.text()).fichiers || {};
    } catch {
      return {};
    }
  }

  const sont_les_memes = (attendues, dites) =>
    Object.entries(attendues).every(([chemin, voulue]) => dites[chemin] === voulue);

  function poser(boite) {
    const champ = boite.querySelector("input");
    const verdict = boite.querySelector("[role=status]");
    const lignes = Array.from(document.querySelectorAll("tr[data-fichier]"));
    const supplements = document.getElementById("en-plus");
    const mots = boite.dataset;
    champ.webkitdirectory = true;
    boite.hidden = false;

    async function verifier(fichiers) {
      const attendues = {};
      for (const une of lignes) {
        if (une.dataset.sha256) attendues[une.dataset.fichier] = une.dataset.sha256;
      }
      verdict.textContent = mots.enCours;
      const etats = await comparer(attendues, fichiers);
      for (const une of lignes) {
        const etat = etats.get(une.dataset.fichier);
        une.className = etat;
        une.querySelector(".verdict").textContent = mots[etat];
      }
      const en_plus = Array.from(etats.keys()).filter((chemin) => etats.get(chemin) === "en-plus");
      supplements.hidden = !en_plus.length;
      supplements.querySelector("ul").replaceChildren(...en_plus.map((chemin) => {
        const un = document.createElement("li");
        un.textContent = chemin;
        return un;
      }));
      const combien = (etat) => Array.from(etats.values()).filter((un) => un === etat).length;
      const fautes = combien("altere") + combien("manquant");
      boite.dataset.etat = fautes ? "altere" : "conforme";
      verdict.textContent = (fautes ? mots.faute : mots.juste)
        .replace("{conformes}", combien("conforme")).replace("{alteres}", combien("altere"))
        .replace("{manquants}", combien("manquant")).replace("{total}", lignes.length);
    }

    champ.addEventListener("change", () => verifier(Array.from(champ.files)));
    return verifier;
  }

  return { sha256, comparer, poser };
})();

if (typeof document !== "undefined") {
  const boite = document.getElementById("verifier");
  if (boite) Verification.verifier = Verification.poser(boite);
}
if (typeof module !== "undefined") module.exports = Verification;
