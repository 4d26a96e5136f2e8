import type { Dictionary } from "../dictionary.ts";

export const accounts: Dictionary["views"]["accounts"] = {
  intro:
    "Ce que vous saisissez est conservé dans le trousseau de cet ordinateur ou, à défaut, chiffré, et n’est envoyé qu’au site.",
  signIn: "Se connecter",
  signInAgain: "Se reconnecter",
  signOut: "Se déconnecter",
  signedInAs: "Connecté en tant que {{ name }}",
  signedOut: "Non connecté",
  since: "Depuis le {{ date }}",
  lastScan: "Liste lue {{ time }}",
  neverScanned: "Liste pas encore lue",
  pause: {
    throttled: "Le site demande une pause jusqu’à {{ time }}",
    challenged:
      "Le site veut voir une personne : ouvrez-le dans votre navigateur. Pause jusqu’à {{ time }}",
  },
  disabled: "Désactivé dans « Paramètres », « Extensions »",
  signOutTitle: "Se déconnecter de {{ name }} ?",
  signOutText:
    "La connexion enregistrée est effacée de cet ordinateur. Votre bibliothèque et tous vos fichiers restent en place.",
  signedOutNow: "Déconnecté de {{ name }}",
  none: "Aucun site auquel se connecter",
  noneText:
    "Toutes les extensions sont absentes ou désactivées. Elles se trouvent dans « Paramètres », « Extensions ».",
  way: "Mode de connexion",
  can: "Permet",
  cannot: "Ne permet pas",
  how: "Comment l’obtenir",
  address: "Adresse à ouvrir",
  open: "Ouvrir dans le navigateur",
  secret: "Coller ici : {{ label }}",
  paste: "Coller",
  show: "Afficher",
  hide: "Masquer",
  checking: "Interrogation du site…",
  missing: "Collez-le d’abord.",
  refused:
    "Le site ne l’a pas accepté. Copiez-le à nouveau comme indiqué : un ancien a pu expirer.",
  ended: "Connexion terminée : reconnectez-vous",
  until: "Connecté jusqu’à {{ time }}",
  check: {
    go: "Vérifier la connexion",
    ended: "{{ way }} : terminé, reconnectez-vous",
    good: "{{ way }} : accepté",
    goodFor: "{{ way }} : pour {{ name }}",
    until: "jusqu’à {{ time }}",
    scopes: "autorise : {{ scopes }}",
    at: "vérifié {{ time }}",
    failed: "{{ way }} n’a pas pu être vérifié.",
  },
  browser: {
    port: "Port (à changer seulement si un autre programme l’utilise)",
    badPort: "Un port de 1024 à 65535",
    returnAddress: "Adresse de retour à enregistrer avec votre application",
    app: "Votre application : {{ id }}",
    change: "Modifier",
    clientId: "Identifiant client",
    clientSecret: "secret client, si votre application en a un",
    missing: "Saisissez d’abord l’identifiant client de votre application.",
    signIn: "Se connecter sur le site",
    waiting: "En attente dans le navigateur…",
    waitingText:
      "Connectez-vous sur la page qui s’est ouverte. Si aucune ne s’est ouverte, ouvrez vous-même cette adresse :",
    elsewhere: "Votre navigateur est sur un autre ordinateur ?",
    elsewhereText:
      "Il s’arrête alors sur une page inaccessible. Copiez l’adresse entière de cette page et collez-la ici.",
    ended: "Adresse où le navigateur s’est arrêté",
    hand: "Transmettre",
  },
  choose: {
    question: "Que faut-il télécharger ?",
    everything: "Tout",
    everythingText: "Tous les modèles que vous possédez et ceux que vous obtiendrez plus tard.",
    pick: "Je choisis",
    pickText: "Rien d’office : vous cochez les modèles dans la bibliothèque.",
    note:
      "Seule la liste est lue d’abord. Les téléchargements commencent lorsque vous cliquez sur « Télécharger » dans la bibliothèque.",
    go: "Lire ma bibliothèque",
  },
  welcome: {
    title: "Bienvenue",
    text:
      "MyMiniFactory Sync conserve sur votre propre disque les modèles 3D que vous possédez et vérifie chaque fichier. Connectez-vous à un site pour voir votre bibliothèque ici ; rien n’est téléchargé avant que vous le demandiez.",
    folder: "Les fichiers vont dans ce dossier",
    change: "Modifier",
    demo: "Essayer la bibliothèque de démonstration",
    demoText: "Une bibliothèque inventée d’un site simulé : aucun compte, rien de réel.",
  },
};
