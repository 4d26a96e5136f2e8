import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const settings: Dictionary["views"]["settings"] = {
  title: "Paramètres",
  sections: {
    label: "Rubriques",
    library: "Bibliothèque",
    downloads: "Téléchargements",
    appearance: "Apparence",
    plugins: "Extensions",
    diagnostics: "Diagnostic",
  },
  root: {
    title: "Dossier de la bibliothèque",
    text: "Chaque modèle y reçoit son propre dossier, classé par site et par créateur.",
    change: "Modifier…",
    path: "Nouveau dossier",
    pick: "Choisir…",
    pickTitle: "Choisir le dossier de la bibliothèque",
    check: "Vérifier",
    free: "{{ size }} libres",
    isEmpty: "Le dossier est vide.",
    isNew: "Le dossier sera créé.",
    isOwn: "C’est la bibliothèque de cette application, ou une copie.",
    isOther: "Une autre bibliothèque se trouve dans ce dossier.",
    hasOther: "Le dossier contient autre chose. Rien n’y sera touché.",
    move: "Y déplacer la bibliothèque",
    moveText: "Les fichiers sont copiés et vérifiés avant toute suppression ici.",
    adopt: "Utiliser ce dossier",
    adoptText: "Ce qui y manque est téléchargé à nouveau. Rien n’est supprimé ici.",
    moving: "Déplacement : {{ done }} sur {{ all }}",
    moved: "La bibliothèque se trouve maintenant dans {{ root }}",
    stop: "Arrêter le déplacement",
    notWhileBusy:
      "Arrêtez d’abord la synchronisation : le dossier ne peut pas être modifié pendant qu’elle tourne.",
  },
  newWanted: {
    title: "Nouveaux modèles",
    text: "Ce qu’il advient des modèles qui apparaissent dans votre bibliothèque.",
    all: "Tous les souhaiter",
    choose: "Je choisis",
  },
  concurrency: {
    title: "Téléchargements simultanés",
    text: "Plus n’est pas toujours plus rapide, et les sites le voient aussi.",
    value: plural({ one: "# téléchargement", other: "# téléchargements" }),
  },
  connections: {
    title: "Connexions pour les gros fichiers",
    text: "Les fichiers d’au moins 64 Mo arrivent en morceaux, si le site le permet. 1 désactive.",
    value: plural({ one: "# connexion", other: "# connexions" }),
  },
  bandwidth: {
    title: "Limite de vitesse",
    text: "Pour l’ensemble des téléchargements, hors des plages ci-dessous.",
    unlimited: "Illimitée",
    limited: "Limitée",
    value: "Kilooctets par seconde",
    unit: "ko/s",
    invalid: "Un nombre entier de 10 à 10 000 000.",
  },
  windows: {
    title: "Plages horaires avec leur propre limite",
    text: "La première qui correspond à l’heure s’applique.",
    add: "Ajouter une plage",
    remove: "Retirer cette plage",
    from: "De",
    to: "À",
    limit: "Limite en kilooctets par seconde, vide pour aucune",
    none: "Aucune plage pour l’instant.",
  },
  notifications: {
    title: "Notifications",
    text:
      "Quand une longue synchronisation se termine, qu’une connexion a expiré ou que le disque est plein, pendant que vous êtes ailleurs.",
    denied:
      "Votre navigateur ne permet pas à cette page de vous avertir. Ses réglages peuvent changer cela.",
  },
  autoLaunch: {
    title: "Lancer à l’ouverture de session",
    text: "L’application s’ouvre lorsque vous ouvrez votre session sur l’ordinateur.",
    unavailable: "Non disponible ici.",
  },
  theme: {
    title: "Thème",
    text: "Clair, sombre ou comme votre système.",
    system: "Système",
    light: "Clair",
    dark: "Sombre",
  },
  language: { title: "Langue", text: "Celle de cette fenêtre.", system: "Système" },
  plugins: {
    text:
      "Chaque site est une extension. Elle tourne dans son propre bac à sable et n’accède à rien d’autre que ce qui est indiqué ici.",
    enable: "Utiliser {{ name }}",
    permissions: "Peut",
    version: "Version {{ version }}",
    state: {
      "built-in": "Fournie avec l’application",
      unsigned: "Non signée",
      invalid: "Inutilisable",
    },
    none: "Aucune extension n’a été trouvée.",
  },
  doctor: {
    title: "Contrôle",
    text: "Recherche les problèmes courants. Ne modifie rien.",
    run: "Lancer le contrôle",
    well: "Tout semble en ordre.",
    unwell: plural({
      one: "# point demande votre attention.",
      other: "# points demandent votre attention.",
    }),
    names: {
      keychain: "Trousseau",
      folder: "Dossier de la bibliothèque",
      space: "Espace libre",
      database: "Base de données",
    },
    ok: "En ordre",
    notOk: "À examiner",
  },
  log: {
    title: "Journal",
    text: "Ce que le moteur a noté en dernier. Les noms sont hachés, les secrets sont omis.",
    refresh: "Actualiser",
    empty: "Le journal est vide.",
  },
  export: {
    title: "Fichier de diagnostic",
    text:
      "État, contrôle et journal dans un seul fichier à joindre à une question. Ni noms, ni secrets.",
    run: "Écrire le fichier",
    done: "Écrit dans {{ path }}",
  },
  about: { version: "Version {{ version }}" },
};
