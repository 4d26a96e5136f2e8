import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

/** Words that several views use. */
export const common: Omit<Dictionary, "views"> = {
  appName: "MyMiniFactory Sync",
  nav: {
    label: "Menu principal",
    library: "Bibliothèque",
    downloads: "Téléchargements",
    explorer: "Explorateur",
    settings: "Paramètres",
    accounts: "Comptes",
    skip: "Aller au contenu",
  },
  models: plural({ one: "# modèle", other: "# modèles" }),
  files: plural({ one: "# fichier", other: "# fichiers" }),
  cancel: "Annuler",
  close: "Fermer",
  undo: "Annuler",
  retry: "Réessayer",
  save: "Enregistrer",
  copy: "Copier",
  copied: "Copié",
  loading: "Chargement…",
  more: "Autres actions",
  search: "Rechercher",
  clearSearch: "Effacer la recherche",
  nothingFound: "Rien trouvé",
  moreFound: plural({
    one: "# autre : tapez pour le trouver",
    other: "# autres : tapez pour les trouver",
  }),
  dismiss: "Ignorer",
  unknownCreator: "Créateur inconnu",
  never: "Jamais",
  failed: "Cela n’a pas fonctionné",
  sync: {
    start: "Synchroniser",
    stop: "Arrêter",
    scanning: "Lecture de la liste…",
    looking: "Recherche des fichiers…",
    fetching: "Téléchargement",
    verifying: "Vérification…",
    moving: "Déplacement de la bibliothèque…",
    adopting: "Reprise de fichiers…",
    rebuilding: "Lecture des dossiers…",
    idle: "À jour",
    notHere: plural({ one: "# modèle absent", other: "# modèles absents" }),
    paused: "En pause",
    pause: "Suspendre les téléchargements",
    resume: "Reprendre les téléchargements",
    left: plural({ one: "# fichier restant", other: "# fichiers restants" }),
    signedOut: "Non connecté",
    ended: (fetched: number) =>
      fetched === 0
        ? "Tout ce que vous souhaitez est là"
        : plural({ one: "# fichier téléchargé", other: "# fichiers téléchargés" })(fetched),
    someFailed: plural({
      one: "# fichier n’a pas pu être téléchargé",
      other: "# fichiers n’ont pas pu être téléchargés",
    }),
    offline: "Pas de connexion : en attente",
    waitingUntil: "Le site demande une pause jusqu’à {{ time }}",
    limited: "{{ name }} limite les téléchargements ; le prochain à {{ time }}",
    checked:
      "{{ name }} veut voir une personne ; prochain essai à {{ time }}. Téléchargements, Par mon navigateur, montre ce que vous pouvez récupérer vous-même.",
    limitedPace:
      "{{ name }} limite les téléchargements ; le prochain à {{ time }}, environ 1 toutes les {{ every }}",
    limitedRest: "Encore environ {{ rest }} : le site donne environ {{ links }} liens par heure",
    finished: "Synchronisation terminée",
    broken: "La synchronisation s’est interrompue",
    retryAt: "{{ what }} · prochain essai à {{ time }}",
  },
  connection: {
    connecting: "Connexion au moteur de synchronisation…",
    lost: "Le moteur de synchronisation s’est arrêté. Redémarrage…",
    lostInBrowser: "La connexion au moteur de synchronisation est perdue. Nouvel essai…",
    back: "Le moteur de synchronisation fonctionne à nouveau",
    refusedTitle: "Cette page demande une clé",
    refusedText:
      "Ouvrez le lien affiché dans le terminal : il laisse entrer un seul navigateur. Dès qu’un lien a servi, un nouveau s’y affiche.",
    passwordTitle: "Saisissez le mot de passe",
    passwordText: "Il a été choisi au démarrage du serveur.",
    password: "Mot de passe",
    enter: "Entrer",
    wrongPassword: "Ce n’est pas le mot de passe.",
  },
  demo: {
    banner: "Démonstration : une bibliothèque inventée. Rien ici ne vient d’un vrai site.",
    leave: "Quitter la démonstration",
  },
  availability: {
    public: "Sur le site",
    withdrawn: "Retiré, toujours à vous",
    locked: "Verrouillé",
    gone: "Plus répertorié",
    vanished: "Répertorié, mais absent",
    empty: "Sans fichier",
  },
  failure: {
    retryable: { what: "La connexion a été coupée", remedy: "Un nouvel essai se fait tout seul." },
    throttled: {
      what: "Le site demande une pause",
      remedy: "Cela reprend ensuite tout seul.",
    },
    challenged: {
      what: "Le site veut voir une personne",
      remedy: "Ouvrez une fois le site dans votre navigateur, puis réessayez.",
    },
    needsAuth: {
      what: "La connexion a expiré",
      remedy: "Reconnectez-vous dans « Comptes ».",
    },
    needsNewLease: {
      what: "L’adresse de téléchargement a expiré",
      remedy: "Une nouvelle est demandée.",
    },
    locked: {
      what: "Votre compte n’a pas le droit de télécharger ceci",
      remedy: "Vérifiez sur le site que votre achat ou votre abonnement le couvre encore.",
    },
    refused: {
      what: "Le site refuse ce fichier à l’application",
      remedy: "Récupérez-le avec votre propre navigateur, sous Téléchargements.",
    },
    gone: {
      what: "Le site ne l’a plus",
      remedy: "Rien à faire ; ce que vous avez reste.",
    },
    integrity: {
      what: "Ce qui est arrivé était endommagé",
      remedy: "Réessayez ; si cela persiste, le fichier du site est défectueux.",
    },
    diskFull: {
      what: "Le disque est plein",
      remedy: "Libérez de la place ; cela reprend ensuite tout seul.",
    },
    diskFault: {
      what: "Le disque refuse un fichier",
      remedy: "Un nouvel essai se fait tout seul.",
    },
    permission: {
      what: "Impossible d’écrire dans le dossier",
      remedy: "Vérifiez le disque et les droits du dossier indiqué dans les paramètres.",
    },
    cancelled: { what: "Arrêté", remedy: "Relancez quand vous le souhaitez." },
    badInput: { what: "C’est impossible", remedy: "" },
    bug: {
      what: "Une erreur interne s’est produite",
      remedy: "Le journal se trouve dans « Paramètres », « Diagnostic ».",
    },
    timeout: { what: "Le moteur n’a pas répondu", remedy: "Réessayez." },
    disconnected: {
      what: "La connexion au moteur est perdue",
      remedy: "Réessayez dans un instant.",
    },
  },
};
