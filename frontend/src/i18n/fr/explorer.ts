import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const explorer: Dictionary["views"]["explorer"] = {
  title: "Explorateur",
  tree: "Sites, créateurs et modèles",
  search: "Trouver un créateur",
  more: plural({ one: "En afficher # de plus", other: "En afficher # de plus" }),
  choose: {
    title: "Choisissez un modèle",
    text: "Ses images, ses fichiers et ce que l’on peut en faire s’affichent ici.",
  },
  empty: {
    title: "Rien encore à explorer",
    text: "Les modèles apparaissent ici dès que votre bibliothèque a été lue.",
  },
  wanted: "Souhaité",
  onSite: "Ouvrir sur le site",
  reveal: "Ouvrir le dossier",
  refetch: "Télécharger à nouveau",
  verify: "Vérifier",
  remove: "Supprimer les fichiers…",
  restore: "Récupérer",
  files: "Fichiers",
  about: "À propos",
  tags: "Mots-clés",
  license: "Licence",
  releases: "Sorties",
  folder: "Dossier",
  noFiles: "Le site n’indique aucun fichier pour ce modèle.",
  notLooked:
    "Ses fichiers ne sont pas encore connus : ils sont demandés quand il est souhaité et téléchargé.",
  preview: "Aperçu",
  noPreview: "Il n’y a pas d’aperçu pour ce type de fichier. Ouvrez le dossier pour l’utiliser.",
  notHere: "Ce fichier n’est pas encore là. Téléchargez le modèle pour le voir.",
  image: "Image {{ name }}",
  fileState: {
    here: "Présent",
    outdated: "Ancienne version",
    absent: "Absent",
    removed: "Supprimé par vous",
    queued: "En attente",
    running: "En cours",
    paused: "En pause",
    failed: "Échec",
  },
  unpack: "Décompresser",
  unpacking: "Décompression de {{ name }}…",
  unpackedBefore: "{{ name }} a déjà été décompressé",
  unpacked: plural({
    one: "# fichier décompressé à côté de l’archive",
    other: "# fichiers décompressés à côté de l’archive",
  }),
  leftOut: plural({
    one: "# entrée ignorée : elle mène ailleurs, est un lien ou demande un mot de passe.",
    other:
      "# entrées ignorées : elles mènent ailleurs, sont des liens ou demandent un mot de passe.",
  }),
  refetching: plural({
    one: "# fichier est téléchargé à nouveau",
    other: "# fichiers sont téléchargés à nouveau",
  }),
  restoring: plural({
    one: "# fichier est téléchargé à nouveau",
    other: "# fichiers sont téléchargés à nouveau",
  }),
  removed: plural({ one: "# fichier supprimé", other: "# fichiers supprimés" }),
  removeTitle: plural({ one: "Supprimer # fichier ?", other: "Supprimer # fichiers ?" }),
  removeText:
    "{{ size }} sur ce disque. Rien n’est téléchargé à nouveau tout seul ; vous pourrez récupérer ces fichiers ici plus tard. Ce que vous possédez sur le site ne change pas.",
  removeConfirm: "Supprimer",
  creator: {
    models: plural({ one: "# modèle", other: "# modèles" }),
    wantAll: "Tout souhaiter",
    wantNone: "Ne rien souhaiter",
    inLibrary: "Afficher dans la bibliothèque",
  },
  access: {
    label: "Accès",
    withdrawn: {
      what: "Privé ou retiré",
      text:
        "Son créateur l’a retiré du site public. Ce que vous en possédez vous est toujours donné.",
    },
    locked: {
      what: "Verrouillé pour votre compte",
      text:
        "Il est à vous, mais le site le montre avec un cadenas. Vérifiez-y que votre achat ou votre abonnement le couvre encore.",
    },
    vanished: {
      what: "Répertorié, mais introuvable",
      text:
        "Votre bibliothèque sur le site le répertorie, mais le site dit que ce modèle n’existe plus.",
    },
    gone: {
      what: "Plus répertorié comme vôtre",
      text: "Ce que vous avez sur le disque reste, et est vérifié comme avant.",
    },
    said: "Le site, {{ time }} : {{ message }}",
  },
  viewer: {
    picture: "Vue 3D de {{ name }}, {{ dimensions }}, {{ triangles }} triangles",
    keys: "Les flèches tournent le modèle, plus et moins zooment, 0 l’affiche à nouveau en entier.",
    dimensions: "{{ x }} × {{ y }} × {{ z }} mm",
    dimensionsLabel: "Largeur × profondeur × hauteur",
    triangles: "{{ count }} triangles",
    loading: "Chargement de {{ name }}…",
    loaded: "{{ loaded }} sur {{ total }}",
    preparing: "Préparation du fichier…",
    reset: "Afficher le modèle en entier",
    wireframe: "Fil de fer",
    incomplete: "Une partie du fichier manque ou est endommagée. Voici ce qui peut être lu.",
    large: "Ce modèle est volumineux ({{ size }}) et peut prendre un moment.",
    loadAnyway: "Charger quand même",
    retry: "Réessayer",
    noWebGl: "Pas d’image 3D ici : WebGL est absent",
    contextLost: "La carte graphique a fait une pause. L’image revient toute seule.",
    damaged: "Ce fichier est endommagé ou n’est pas ce que son nom indique",
    empty: "Ce fichier ne contient aucun modèle",
    tooLarge: "Ce fichier est trop volumineux pour être affiché",
    unsupported: "Ce type de fichier ne peut pas être affiché",
    unreachable: "Le fichier n’a pas pu être lu",
    timedOut: "La préparation de ce fichier prend trop de temps",
    password: "Ce fichier demande un mot de passe. Ouvrez-le dans un autre programme",
    page: "Page {{ page }} sur {{ pages }}",
    previousPage: "Page précédente",
    nextPage: "Page suivante",
    fitWidth: "Ajuster à la largeur",
  },
};
