import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const verify = {
  title: "Vérifier",
  never: "La bibliothèque entière n’a pas encore été vérifiée",
  last: "Bibliothèque entière vérifiée {{ time }} : {{ size }} dans {{ files }} fichiers",
  night: "La nuit, {{ time }} : {{ size }} lus, {{ bad }} en défaut",
  unfinished: "Une vérification a été arrêtée {{ time }}. La même reprend là où elle en était.",
  scope: "Ce qui est lu",
  scopes: {
    all: "La bibliothèque entière",
    oldest: "10 Go, non lus depuis le plus longtemps",
    month: "Ce qui n’a pas été lu depuis 30 jours",
    sample: "Un vingtième au hasard",
  },
  run: "Vérifier",
  goOn: "Reprendre",
  restart: "Recommencer",
  stop: "Arrêter",
  running: "Vérification",
  repairing: "Réparation",
  checked: "{{ checked }} fichiers sur {{ of }}",
  bytes: "{{ done }} sur {{ all }}",
  left: "encore {{ time }}",
  findings: "Ce qui a été trouvé",
  filter: "Quels résultats",
  all: "Tous",
  verdict: {
    MISSING: "Manquant",
    SIZE: "Taille fausse",
    HASH: "Endommagé",
    UNVERIFIED: "Illisible",
    SIDECAR: "Index faux",
    EXTRA: "Hors bibliothèque",
  },
  when: "Trouvé",
  file: "Fichier",
  what: "Quoi",
  size: "Taille",
  queue: { queued: "En attente", running: "En cours", paused: "En pause", failed: "Échec" },
  repair: "Réparer",
  repairText:
    "Télécharge à nouveau ce qui manque ou est endommagé, et d’un gros fichier la seule partie endommagée. Le travail que vous avez enregistré par-dessus un fichier est gardé dans .versions.",
  verified: "Vérifié : {{ ok }} en ordre, {{ bad }} non",
  repaired: plural({ one: "# fichier réparé", other: "# fichiers réparés" }),
  notRepaired: plural({
    one: "# fichier n’a pas encore pu être réparé",
    other: "# fichiers n’ont pas encore pu être réparés",
  }),
  damaged: plural({
    one: "# fichier manque ou est endommagé",
    other: "# fichiers manquent ou sont endommagés",
  }),
  doubt: {
    title: "Réparer autant de fichiers ?",
    text:
      "{{ bad }} fichiers sur {{ of }} manquent ou sont endommagés dans {{ root }}. Est-ce le bon disque, et est-il en bon état ? Rien n’a encore été modifié. La réparation les télécharge tous à nouveau.",
    confirm: "Tout réparer",
  },
  fine: { title: "Tout est en ordre", text: "Tout ce qui a été lu est ce qui a été téléchargé." },
  noneOfKind: "Rien de tel n’a été trouvé.",
  unread: {
    title: "Pas encore vérifiée",
    text:
      "La vérification relit chaque fichier et le compare à ce qui a été téléchargé. Elle peut être arrêtée à tout moment et reprend plus tard.",
  },
  open: "Ouvrir",
  openText: "Relit les fichiers, les compare à ce qui a été téléchargé et répare ce qui ne va pas.",
  lastRead: "Vérifié {{ time }}",
  nightly: {
    title: "Vérifier la nuit",
    text:
      "Tant que l’application tourne, elle relit ce qui n’a pas été lu depuis le plus longtemps et cède la place à tout le reste.",
    off: "Non",
    on: "Oui",
    gigabytes: "Gigaoctets par nuit",
    unit: "Go par nuit",
    invalid: "Un nombre entier de 1 à 100 000.",
  },
};
