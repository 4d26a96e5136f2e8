/** What the bar says. `#` is a number. */
export interface Words {
  readonly offer: string;
  readonly promise: string;
  readonly handOver: string;
  readonly reading: string;
  readonly naming: string;
  readonly sending: string;
  readonly signedOut: string;
  readonly challenged: string;
  readonly throttled: string;
  readonly trouble: string;
  readonly blocked: string;
  readonly elsewhere: string;
}

const en: Words = {
  offer: "Sign in as usual. When you are in, hand your library over.",
  promise: "Only the list of your library goes to the app: no password, no cookie.",
  handOver: "Hand over my library",
  reading: "Reading your library…",
  naming: "Reading the names of releases… (#)",
  sending: "Handing over…",
  signedOut: "You are not signed in yet. Sign in here, then press the button again.",
  challenged:
    "MyMiniFactory wants to see that you are no robot. Answer it here, then press the button again.",
  throttled: "MyMiniFactory asks for a pause. Wait some minutes, then press the button again.",
  trouble:
    "MyMiniFactory gave no usable answer. Try again later, or import a saved list in the app.",
  blocked: "MyMiniFactory does not let its pages hand anything over. Import a saved list instead.",
  elsewhere: "The button comes back on MyMiniFactory.",
};

const de: Words = {
  offer: "Melden Sie sich wie gewohnt an. Danach übergeben Sie Ihre Bibliothek.",
  promise: "An die App geht nur die Liste Ihrer Bibliothek: kein Passwort, kein Cookie.",
  handOver: "Meine Bibliothek übergeben",
  reading: "Ihre Bibliothek wird gelesen…",
  naming: "Die Namen der Veröffentlichungen werden gelesen… (#)",
  sending: "Wird übergeben…",
  signedOut:
    "Sie sind noch nicht angemeldet. Melden Sie sich hier an und drücken Sie den Knopf noch einmal.",
  challenged:
    "MyMiniFactory will sehen, dass Sie kein Roboter sind. Antworten Sie hier und drücken Sie den Knopf noch einmal.",
  throttled:
    "MyMiniFactory bittet um eine Pause. Warten Sie einige Minuten und drücken Sie den Knopf noch einmal.",
  trouble:
    "MyMiniFactory hat nichts Brauchbares geantwortet. Versuchen Sie es später, oder importieren Sie in der App eine gespeicherte Liste.",
  blocked:
    "MyMiniFactory lässt seine Seiten nichts übergeben. Importieren Sie stattdessen eine gespeicherte Liste.",
  elsewhere: "Auf MyMiniFactory kommt der Knopf wieder.",
};

const fr: Words = {
  offer: "Connectez-vous comme d’habitude. Ensuite, transmettez votre bibliothèque.",
  promise:
    "Seule la liste de votre bibliothèque va à l’application : aucun mot de passe, aucun cookie.",
  handOver: "Transmettre ma bibliothèque",
  reading: "Lecture de votre bibliothèque…",
  naming: "Lecture des noms des sorties… (#)",
  sending: "Transmission…",
  signedOut:
    "Vous n’êtes pas encore connecté. Connectez-vous ici, puis appuyez de nouveau sur le bouton.",
  challenged:
    "MyMiniFactory veut vérifier que vous n’êtes pas un robot. Répondez ici, puis appuyez de nouveau sur le bouton.",
  throttled:
    "MyMiniFactory demande une pause. Attendez quelques minutes, puis appuyez de nouveau sur le bouton.",
  trouble:
    "MyMiniFactory n’a pas donné de réponse utilisable. Réessayez plus tard, ou importez une liste enregistrée dans l’application.",
  blocked:
    "MyMiniFactory ne laisse rien transmettre depuis ses pages. Importez plutôt une liste enregistrée.",
  elsewhere: "Le bouton revient sur MyMiniFactory.",
};

const es: Words = {
  offer: "Inicia sesión como siempre. Cuando estés dentro, entrega tu biblioteca.",
  promise: "A la aplicación solo va la lista de tu biblioteca: ninguna contraseña, ninguna cookie.",
  handOver: "Entregar mi biblioteca",
  reading: "Leyendo tu biblioteca…",
  naming: "Leyendo los nombres de los lanzamientos… (#)",
  sending: "Entregando…",
  signedOut: "Aún no has iniciado sesión. Hazlo aquí y pulsa el botón otra vez.",
  challenged:
    "MyMiniFactory quiere comprobar que no eres un robot. Responde aquí y pulsa el botón otra vez.",
  throttled: "MyMiniFactory pide una pausa. Espera unos minutos y pulsa el botón otra vez.",
  trouble:
    "MyMiniFactory no ha dado una respuesta útil. Inténtalo más tarde o importa una lista guardada en la aplicación.",
  blocked:
    "MyMiniFactory no deja que sus páginas entreguen nada. Importa en su lugar una lista guardada.",
  elsewhere: "El botón vuelve en MyMiniFactory.",
};

const ALL: Readonly<Record<string, Words>> = { en, de, fr, es };

/** Words in the first language that is known. @param languages as browsers name them, such as `de-AT` */
export function wordsFor(languages: readonly string[]): Words {
  for (const language of languages) {
    const words = ALL[language.split("-")[0]?.toLowerCase() ?? ""];
    if (words) return words;
  }
  return en;
}
