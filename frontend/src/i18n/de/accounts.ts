import type { Dictionary } from "../dictionary.ts";

export const accounts: Dictionary["views"]["accounts"] = {
  intro:
    "Was Sie eingeben, liegt im Schlüsselbund dieses Computers oder, wo es keinen gibt, verschlüsselt, und geht nur an die Website.",
  signIn: "Anmelden",
  signInAgain: "Neu anmelden",
  signOut: "Abmelden",
  signedInAs: "Angemeldet als {{ name }}",
  signedOut: "Nicht angemeldet",
  since: "Seit {{ date }}",
  lastScan: "Liste gelesen: {{ time }}",
  neverScanned: "Liste noch nicht gelesen",
  pause: {
    throttled: "Die Website bittet um eine Pause bis {{ time }}",
    challenged:
      "Die Website will einen Menschen sehen: Öffnen Sie sie im Browser. Pause bis {{ time }}",
  },
  disabled: "Ausgeschaltet unter „Einstellungen“, „Plugins“",
  signOutTitle: "Von {{ name }} abmelden?",
  signOutText:
    "Die gespeicherte Anmeldung wird von diesem Computer gelöscht. Ihre Bibliothek und alle Ihre Dateien bleiben.",
  signedOutNow: "Von {{ name }} abgemeldet",
  none: "Keine Website zum Anmelden",
  noneText:
    "Alle Plugins fehlen oder sind ausgeschaltet. Sie stehen unter „Einstellungen“, „Plugins“.",
  way: "Art der Anmeldung",
  can: "Damit geht",
  cannot: "Damit geht nicht",
  how: "So kommen Sie daran",
  address: "Adresse zum Öffnen",
  open: "Im Browser öffnen",
  secret: "Hier einfügen: {{ label }}",
  paste: "Einfügen",
  show: "Zeigen",
  hide: "Verbergen",
  checking: "Die Website wird gefragt …",
  missing: "Fügen Sie es zuerst ein.",
  refused:
    "Die Website hat das nicht angenommen. Kopieren Sie es noch einmal wie beschrieben: Ein älteres kann abgelaufen sein.",
  ended: "Anmeldung beendet: bitte neu anmelden",
  until: "Angemeldet bis {{ time }}",
  check: {
    go: "Anmeldung prüfen",
    ended: "{{ way }}: beendet, bitte neu anmelden",
    good: "{{ way }}: angenommen",
    goodFor: "{{ way }}: für {{ name }}",
    until: "bis {{ time }}",
    scopes: "darf: {{ scopes }}",
    at: "geprüft {{ time }}",
    failed: "{{ way }} konnte nicht geprüft werden.",
  },
  browser: {
    port: "Port (nur ändern, wenn ein anderes Programm ihn benutzt)",
    badPort: "Ein Port von 1024 bis 65535",
    returnAddress: "Rücksprungadresse, die du bei deiner App einträgst",
    app: "Deine App: {{ id }}",
    change: "Ändern",
    clientId: "Client-ID",
    clientSecret: "Client-Secret, falls deine App eines hat",
    missing: "Gib zuerst die Client-ID deiner App ein.",
    signIn: "Auf der Website anmelden",
    waiting: "Warte auf dich im Browser …",
    waitingText:
      "Melde dich auf der Seite an, die sich geöffnet hat. Falls keine aufging, öffne diese Adresse selbst:",
    elsewhere: "Dein Browser läuft auf einem anderen Computer?",
    elsewhereText:
      "Dann endet er auf einer Seite, die nicht erreichbar ist. Kopiere deren ganze Adresse und füge sie hier ein.",
    ended: "Adresse, auf der der Browser endete",
    hand: "Übergeben",
  },
  choose: {
    question: "Was soll heruntergeladen werden?",
    everything: "Alles",
    everythingText: "Alle Modelle, die Ihnen gehören, und die, die noch dazukommen.",
    pick: "Ich wähle aus",
    pickText: "Nichts von selbst: Sie haken Modelle in der Bibliothek an.",
    note:
      "Zuerst wird nur die Liste gelesen. Geladen wird erst, wenn Sie in der Bibliothek auf „Herunterladen“ drücken.",
    go: "Meine Bibliothek lesen",
  },
  welcome: {
    title: "Willkommen",
    text:
      "MyMiniFactory Sync bewahrt die 3D-Modelle, die Ihnen gehören, auf Ihrer eigenen Festplatte auf und prüft jede Datei. Melden Sie sich bei einer Website an, um Ihre Bibliothek hier zu sehen; geladen wird nichts, bevor Sie es verlangen.",
    folder: "Die Dateien kommen in diesen Ordner",
    change: "Ändern",
    demo: "Demo-Bibliothek ansehen",
    demoText: "Eine erfundene Bibliothek einer simulierten Website: kein Konto, nichts Echtes.",
  },
};
