import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("fr");

export const importing: Dictionary["views"]["import"] = {
  title: "Importer une liste enregistrée",
  text:
    "Votre navigateur peut afficher et enregistrer la liste de tout ce que vous possédez. Importée, elle remplit la bibliothèque sans connexion ; celle-ci n’est nécessaire que pour télécharger.",
  getTitle: "Récupérer ma bibliothèque",
  windowText:
    "{{ site }} s’ouvre dans une fenêtre à part. Connectez-vous-y comme d’habitude, puis appuyez sur le bouton du bord inférieur : la page lit la liste de ce que vous possédez et la transmet à l’application. L’application ne voit ni mot de passe ni cookie ; fermer la fenêtre met fin à la connexion.",
  windowOpen: "Récupérer ma bibliothèque dans une fenêtre",
  windowWaiting:
    "La fenêtre est ouverte. Connectez-vous-y à {{ site }}, puis appuyez sur « Transmettre ma bibliothèque » au bord inférieur.",
  windowClose: "Fermer la fenêtre",
  windowNothing:
    "La fenêtre a été fermée avant que quelque chose soit transmis. Rien n’a été modifié.",
  orSaved:
    "Ou avec une liste que votre propre navigateur enregistre. Utile aussi là où l’on refuse de vous connecter dans une fenêtre, comme Google :",
  open: "Dans le navigateur où vous êtes connecté à {{ site }}, ouvrez cette adresse :",
  address: "Adresse de la liste",
  openLink: "Ouvrir dans le navigateur",
  save:
    "Elle affiche un long texte. Enregistrez la page (Ctrl+S, sur Mac ⌘S), ou sélectionnez tout et copiez.",
  give: "Donnez le fichier ou le texte à cette fenêtre.",
  drop: "Déposez ici le fichier enregistré",
  dropAnywhere: "Déposez la liste enregistrée pour l’importer",
  choose: "Choisir des fichiers",
  paste: "Ou collez le texte ici",
  pastedName: "Le texte collé",
  go: "Importer",
  names:
    "Un enregistrement du réseau de la page de votre bibliothèque (HAR, outils de développement) apporte aussi les noms des sorties et des lots. Plusieurs fichiers peuvent être donnés à la fois.",
  noWay: "Cette fenêtre ne peut pas transmettre de fichiers. Utilisez la commande mmfsync import.",
  sending: "Transmission…",
  reading: "Lecture de la liste…",
  tooLarge: "Les fichiers sont trop grands : 64 Mo au plus. Enregistrez la liste seule.",
  failed: "Le fichier n’a pas pu être transmis. Réessayez.",
  unreachable:
    "Cette fenêtre ne peut pas transmettre de fichiers au moteur. Réessayez ; si rien ne change, fermez l’application et lancez la commande mmfsync import avec le fichier.",
  rows: plural({ one: "# ligne", other: "# lignes" }),
  repeated: plural({ one: "# répétée", other: "# répétées" }),
  odd: plural({ one: "# non comprise", other: "# non comprises" }),
  changes: "Nouveaux : {{ added }} · modifiés : {{ updated }} · disparus : {{ removed }}",
  incomplete: "La liste est peut-être incomplète : rien n’a été marqué comme disparu.",
  accept: "Elle est complète : marquer ce qui manque comme disparu",
  showOdd: "Afficher ce qui n’a pas été compris",
  more: plural({ one: "et # autre", other: "et # autres" }),
  signIn: "Se connecter pour télécharger",
  toLibrary: "Afficher la bibliothèque",
};
