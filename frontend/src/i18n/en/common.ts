import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("en");

/** Words that several views use. */
export const common = {
  appName: "MyMiniFactory Sync",
  nav: {
    label: "Main",
    library: "Library",
    downloads: "Downloads",
    explorer: "Explorer",
    settings: "Settings",
    accounts: "Accounts",
    skip: "Skip to the content",
  },
  models: plural({ one: "# model", other: "# models" }),
  files: plural({ one: "# file", other: "# files" }),
  cancel: "Cancel",
  close: "Close",
  undo: "Undo",
  retry: "Try again",
  save: "Save",
  copy: "Copy",
  copied: "Copied",
  loading: "Loading…",
  more: "More actions",
  search: "Search",
  clearSearch: "Clear the search",
  nothingFound: "Nothing found",
  moreFound: plural({ one: "# more: type to find it", other: "# more: type to find them" }),
  dismiss: "Dismiss",
  unknownCreator: "Unknown creator",
  never: "Never",
  failed: "That did not work",
  sync: {
    start: "Sync now",
    stop: "Stop",
    scanning: "Reading the list…",
    looking: "Looking for files…",
    fetching: "Downloading",
    verifying: "Verifying…",
    moving: "Moving the library…",
    adopting: "Taking over files…",
    rebuilding: "Reading the folders…",
    idle: "Up to date",
    notHere: plural({ one: "# model not here", other: "# models not here" }),
    paused: "Paused",
    pause: "Pause downloads",
    resume: "Resume downloads",
    left: plural({ one: "# file left", other: "# files left" }),
    signedOut: "Not signed in",
    ended: (fetched: number) =>
      fetched === 0
        ? "Everything that you want is here"
        : plural({ one: "# file downloaded", other: "# files downloaded" })(fetched),
    someFailed: plural({
      one: "# file could not be downloaded",
      other: "# files could not be downloaded",
    }),
    offline: "No connection: waiting",
    waitingUntil: "The site asks for a pause until {{ time }}",
    limited: "{{ name }} limits downloads; next one at {{ time }}",
    checked:
      "{{ name }} wants to see a person; next try at {{ time }}. Downloads, In my browser, has what you can get yourself.",
    limitedPace: "{{ name }} limits downloads; next one at {{ time }}, about 1 every {{ every }}",
    limitedRest: "About {{ rest }} left: the site gives about {{ links }} links an hour",
    finished: "Sync finished",
    broken: "The sync was broken off",
    retryAt: "{{ what }} · next try at {{ time }}",
  },
  connection: {
    connecting: "Connecting to the sync engine…",
    lost: "The sync engine stopped. Starting it again…",
    lostInBrowser: "The connection to the sync engine was lost. Trying again…",
    back: "The sync engine is running again",
    refusedTitle: "This page needs a key",
    refusedText:
      "Open the link that the terminal shows: it lets one browser in. A new one is shown there whenever one was used.",
    passwordTitle: "Enter the password",
    passwordText: "It was chosen when the server was started.",
    password: "Password",
    enter: "Enter",
    wrongPassword: "This is not the password.",
  },
  demo: {
    banner: "Demo: a made-up library. Nothing here comes from a real site.",
    leave: "Leave the demo",
  },
  availability: {
    public: "On the site",
    withdrawn: "Withdrawn, still yours",
    locked: "Locked",
    gone: "No longer listed",
    vanished: "Listed, but not there",
    empty: "Without files",
  },
  /** What happened and what to do, by failure kind of the engine. */
  failure: {
    retryable: { what: "The connection broke", remedy: "It is tried again by itself." },
    throttled: { what: "The site asks for a pause", remedy: "It goes on by itself afterwards." },
    challenged: {
      what: "The site wants to see a person",
      remedy: "Open the site in your browser once, then try again.",
    },
    needsAuth: { what: "The sign-in has ended", remedy: "Sign in again under Accounts." },
    needsNewLease: { what: "The download address expired", remedy: "A new one is asked for." },
    locked: {
      what: "Your account may not download this",
      remedy: "Check on the site whether your purchase or membership still covers it.",
    },
    refused: {
      what: "The site refuses this file to the app",
      remedy: "Get it in your own browser, under Downloads.",
    },
    gone: { what: "The site no longer has it", remedy: "Nothing to do; what you have stays." },
    integrity: {
      what: "What arrived was damaged",
      remedy: "Try again; if it stays so, the file on the site is broken.",
    },
    diskFull: { what: "The disk is full", remedy: "Make room; it goes on by itself then." },
    diskFault: {
      what: "The disk kept a file from the app",
      remedy: "It is tried again by itself.",
    },
    permission: {
      what: "The folder cannot be written",
      remedy: "Check the drive and the folder's permissions in Settings.",
    },
    cancelled: { what: "Stopped", remedy: "Start it again when you like." },
    badInput: { what: "That cannot be done", remedy: "" },
    bug: { what: "Something went wrong inside", remedy: "Settings, Diagnostics has the log." },
    timeout: { what: "The engine did not answer", remedy: "Try again." },
    disconnected: {
      what: "The connection to the engine was lost",
      remedy: "Try again in a moment.",
    },
  },
};
