import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const downloads: Dictionary["views"]["downloads"] = {
  title: "Téléchargements",
  tabs: {
    label: "Que montrer",
    queue: "File d’attente",
    failed: "Échecs",
    history: "Historique",
    handover: "Par mon navigateur",
  },
  speed: "{{ speed }} actuellement",
  chart: "Vitesse de téléchargement des cinq dernières minutes, {{ speed }} actuellement",
  left: "encore {{ time }}",
  running: plural({ one: "# en cours", other: "# en cours" }),
  waiting: plural({ one: "# en attente", other: "# en attente" }),
  held: plural({ one: "# en pause", other: "# en pause" }),
  failed: plural({ one: "# échec", other: "# échecs" }),
  pauseAll: "Tout suspendre",
  resumeAll: "Tout reprendre",
  cancelAll: "Tout annuler",
  retryAll: "Tout réessayer",
  pause: "Suspendre",
  resume: "Reprendre",
  cancel: "Annuler",
  retry: "Réessayer",
  toFront: "Mettre en tête",
  up: "Monter",
  down: "Descendre",
  toBack: "Mettre à la fin",
  show: "Afficher le modèle",
  of: "{{ done }} sur {{ size }}",
  state: {
    running: "En cours",
    queued: "En attente",
    paused: "En pause",
    failed: "Échec",
    held: "Suspendu",
    retry: "Prochain essai {{ time }}",
  },
  selected: plural({ one: "# sélectionné", other: "# sélectionnés" }),
  selectRow: "Sélectionner {{ name }}",
  progressOf: "Progression de {{ name }}",
  cancelTitle: plural({
    one: "Annuler # téléchargement ?",
    other: "Annuler # téléchargements ?",
  }),
  cancelText:
    "Ce qui en est déjà arrivé est jeté. Les modèles restent souhaités : la prochaine synchronisation les redemande.",
  empty: {
    title: "Rien à télécharger",
    text: "Cochez des modèles dans la bibliothèque, puis téléchargez-les. Ils arrivent ici.",
    action: "Ouvrir la bibliothèque",
  },
  offline: {
    text:
      "Pas de connexion. Les listes et les téléchargements attendent et reprennent d’eux-mêmes.",
    next: "Prochain essai {{ time }}.",
    looking: "Essai en cours…",
    look: "Essayer maintenant",
  },
  handover: {
    intro:
      "Le site refuse ces fichiers à l’application, mais vous les donnerait. Ouvrez-les un par un dans un navigateur où vous êtes connecté ; l’application n’ouvre rien d’elle-même.",
    cause: {
      refused: "Refusé à l’application",
      throttled: "Le site limite les téléchargements",
      challenged: "Le site veut voir une personne",
    },
    page: "Ouvrir la page",
    get: "Récupérer par mon navigateur",
    watch: "Surveiller ce dossier",
    watchText: "Reprendre les fichiers là où mon navigateur les enregistre",
    watched: "{{ folder }} est surveillé : ce qui y arrive est classé tout seul.",
    problem: {
      missing: "{{ folder }} est introuvable.",
      inLibrary:
        "{{ folder }} est dans la bibliothèque même. Choisissez le dossier où votre navigateur enregistre.",
    },
    move: "Déplacer au lieu de copier",
    stop: "Ne plus surveiller",
    unclear: "Arrivé, mais pas clair",
    isThis: "C’est {{ name }}",
    none: {
      title: "Rien à récupérer vous-même",
      text: "Ce qu’un site refuse à l’application mais vous donnerait figure ici.",
    },
  },
  noFailures: {
    title: "Aucun téléchargement en échec",
    text: "Ce qui échoue définitivement s’affiche ici, avec ce qu’il faut faire.",
  },
  history: {
    all: "Tous",
    succeeded: "Réussi",
    failed: "Échoué",
    removed: "Supprimé",
    outcome: "Résultat",
    provider: "Fournisseur",
    anyProvider: "Tous les fournisseurs",
    when: "Date",
    file: "Fichier",
    size: "Taille",
    cause: "Cause et remède",
    clear: "Effacer l’historique",
    clearTitle: "Effacer l’historique ?",
    clearText: "Seule cette liste est vidée. Fichiers et modèles restent tels quels.",
    empty: {
      title: "Pas encore d’historique",
      text: "Ce qui a été téléchargé, a échoué ou a été supprimé s’affiche ici.",
    },
  },
};
