import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("en");

export const verify = {
  title: "Verify",
  never: "The whole library has not been verified yet",
  last: "Whole library verified {{ time }}: {{ size }} in {{ files }} files",
  night: "By night, {{ time }}: {{ size }} read, {{ bad }} not fine",
  unfinished: "A verification was stopped {{ time }}. The same one goes on where it was.",
  scope: "What is read",
  scopes: {
    all: "The whole library",
    oldest: "10 GB, not read for longest",
    month: "What was not read for 30 days",
    sample: "A random twentieth",
  },
  run: "Verify",
  goOn: "Go on",
  restart: "Begin anew",
  stop: "Stop",
  running: "Verifying",
  repairing: "Repairing",
  checked: "{{ checked }} of {{ of }} files",
  bytes: "{{ done }} of {{ all }}",
  left: "{{ time }} left",
  findings: "What was found",
  filter: "Which findings",
  all: "All",
  verdict: {
    MISSING: "Missing",
    SIZE: "Wrong size",
    HASH: "Damaged",
    UNVERIFIED: "Cannot be read",
    SIDECAR: "Wrong index",
    EXTRA: "Not of the library",
  },
  when: "Found",
  file: "File",
  what: "What",
  size: "Size",
  queue: { queued: "Waiting", running: "Downloading", paused: "Paused", failed: "Failed" },
  repair: "Repair",
  repairText:
    "Downloads again what is missing or damaged, and of a large file only the damaged part. Work that you saved over a file is kept in .versions.",
  verified: "Verified: {{ ok }} fine, {{ bad }} not",
  repaired: plural({ one: "# file repaired", other: "# files repaired" }),
  notRepaired: plural({
    one: "# file could not be repaired yet",
    other: "# files could not be repaired yet",
  }),
  damaged: plural({
    one: "# file is missing or damaged",
    other: "# files are missing or damaged",
  }),
  doubt: {
    title: "Repair that much?",
    text:
      "{{ bad }} of {{ of }} files are missing or damaged in {{ root }}. Is the right drive there, and is it well? Nothing was changed yet. Repairing downloads all of them again.",
    confirm: "Repair all",
  },
  fine: { title: "Nothing is wrong", text: "Everything that was read is what was downloaded." },
  noneOfKind: "Nothing of this kind was found.",
  unread: {
    title: "Not verified yet",
    text:
      "Verifying reads every file again and compares it with what was downloaded. It can be stopped at any time and goes on later.",
  },
  open: "Open",
  openText:
    "Reads files again, compares them with what was downloaded, and repairs what is not right.",
  lastRead: "Verified {{ time }}",
  nightly: {
    title: "Verify by night",
    text:
      "While the app runs, it reads again what was not read for longest, and makes room for anything else.",
    off: "Off",
    on: "On",
    gigabytes: "Gigabytes a night",
    unit: "GB a night",
    invalid: "A whole number from 1 to 100,000.",
  },
};
