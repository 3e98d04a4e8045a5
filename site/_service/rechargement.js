// Dûment : « dument serve » recharge la page quand son dossier change.
"use strict";

(() => {
  const { dossier, version } = document.currentScript.dataset;
  const adresse = `/_dument/version?${new URLSearchParams({ dossier, connue: version })}`;

  async function attendre() {
    try {
      const reponse = await fetch(adresse, { cache: "no-store" });
      if (reponse.ok && (await reponse.text()) !== version) return location.reload();
      return attendre();
    } catch {
      setTimeout(attendre, 1000); // le serveur est arrêté : il reviendra peut-être
    }
  }

  addEventListener("load", attendre);
})();
