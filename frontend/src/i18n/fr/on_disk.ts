import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const onDisk = {
  adopt: {
    title: "Fichiers que vous avez déjà",
    text:
      "Parcourt un dossier et reprend ce qui appartient à votre bibliothèque, pour ne pas avoir à le télécharger.",
    open: "Les chercher…",
    action: "J’ai déjà certains de ces fichiers",
    folder: "Dossier",
    how: "Ce qu’ils deviennent",
    copy: "Copier",
    move: "Déplacer",
    link: "Lier",
    copyText: "Vos fichiers restent où ils sont ; la bibliothèque en reçoit une copie.",
    moveText: "Vos fichiers vont dans la bibliothèque et ne sont plus où ils étaient.",
    linkText:
      "N’occupe pas de place : bibliothèque et dossier partagent le fichier. Modifier l’un modifie l’autre.",
    look: "Seulement regarder",
    run: "Reprendre",
    stop: "Arrêter",
    finding: "Recherche des fichiers de votre bibliothèque…",
    running: "{{ looked }} examinés, {{ adopted }} repris",
    took: plural({ one: "# fichier repris", other: "# fichiers repris" }),
    would: plural({
      one: "# fichier pourrait être repris",
      other: "# fichiers pourraient être repris",
    }),
    ways: {
      sidecar: "d’après leur description",
      sha256: "d’après leur somme de contrôle",
      name: "d’après taille et nom",
      chosen: "choisis par vous",
    },
    others: {
      here: "déjà là",
      ambiguous: "pas clairs",
      unknown: "étrangers à votre bibliothèque",
      own: "de l’application ou du système",
      failed: "n’ont pas pu être repris",
    },
    unclearTitle: "Pas clair",
    unclearText:
      "Ils pourraient être plusieurs fichiers de votre bibliothèque, ou plusieurs d’entre eux le même. Choisissez, ou laissez-les.",
    leave: "Laisser",
    choose: plural({ one: "Reprendre le # choisi", other: "Reprendre les # choisis" }),
    more: plural({ one: "# autre n’est pas affiché.", other: "# autres ne sont pas affichés." }),
  },
  recognised: {
    sidecar: "Trouvé sur ce disque, d’après sa description",
    sha256: "Trouvé sur ce disque, d’après sa somme de contrôle",
    name: "Trouvé sur ce disque, d’après taille et nom",
    chosen: "Trouvé sur ce disque, choisi par vous",
  },
  versions: {
    title: "Anciennes versions",
    text:
      "Ce qu’un fichier plus récent a remplacé reste dans .versions jusqu’à ce que vous le supprimiez.",
    sum: plural({ one: "# ancienne version", other: "# anciennes versions" }),
    none: "Il n’y en a pas.",
    restore: "Rétablir",
    restored: "{{ path }} est de nouveau l’ancienne version",
    drop: "Supprimer",
    dropAll: "Supprimer les anciennes versions…",
    dropTitle: plural({
      one: "Supprimer # ancienne version ?",
      other: "Supprimer # anciennes versions ?",
    }),
    dropText: "{{ size }} sur ce disque. C’est irréversible.",
    dropped: plural({
      one: "# ancienne version supprimée",
      other: "# anciennes versions supprimées",
    }),
    age: "Lesquelles",
    ages: {
      all: "Toutes",
      "30": "De plus de 30 jours",
      "180": "De plus de six mois",
      "365": "De plus d’un an",
    },
  },
  exporting: {
    title: "Exporter la bibliothèque",
    text:
      "Tous les modèles et fichiers avec leurs sommes de contrôle dans un seul fichier, pour d’autres programmes.",
    json: "En JSON",
    csv: "En CSV",
    done: "Écrit dans {{ path }}",
  },
  rebuild: {
    title: "Lire la bibliothèque dans ses dossiers",
    text:
      "Chaque dossier de modèle dit ce qu’il contient. Pour une base à laquelle il manque quelque chose, ou une bibliothèque venue d’un autre ordinateur.",
    run: "Lire",
    running: plural({ one: "# dossier lu", other: "# dossiers lus" }),
    done: "{{ models }} modèles et {{ files }} fichiers qui manquaient à la base",
  },
  recovery: {
    damaged: "La base de données était endommagée et a été mise de côté.",
    lost: "La base de données avait disparu.",
    backup: "Une sauvegarde du {{ date }} la remplace.",
    rebuilt:
      "{{ models }} modèles et {{ files }} fichiers ont été relus dans leurs dossiers ; rien n’est téléchargé de nouveau.",
    pending: "Vos modèles seront relus dès que le dossier de la bibliothèque sera là.",
    check: "Les modèles dont rien n’était là ne sont pas voulus tant que vous ne les cochez pas.",
  },
};
