import { expect, test } from "vitest";
import { desktopEntry, launchAgent, windowsCommandLine } from "./login_items.ts";

const ODD = String.raw`/a b/"$HOME" 50%/\x`;

test("desktopEntry() quotes and escapes each word, as the specification wants it twice", () => {
  // \" \$ \\ are the quoting; each of their backslashes is written as two.
  expect(desktopEntry(["/bin/x", ODD])).toContain(
    String.raw`Exec="/bin/x" "/a b/\\"\\$HOME\\" 50%%/\\\\x"` + "\n",
  );
});

test("launchAgent() keeps words apart and free of markup", () => {
  const text = launchAgent("org.x", ["/a b/x", "<&>"]);
  expect(text).toContain("<array><string>/a b/x</string><string>&lt;&amp;></string></array>");
  expect(text).toContain("<key>RunAtLoad</key><true/>");
});

test.each([
  [[String.raw`C:\a b\x.exe`, "--hidden"], String.raw`"C:\a b\x.exe" "--hidden"`],
  [[String.raw`C:\end\ `.trim()], String.raw`"C:\end\\"`],
  [[String.raw`say "hi"`], String.raw`"say \"hi\""`],
  [[String.raw`odd\"`], String.raw`"odd\\\""`],
])("windowsCommandLine() writes %j so that Windows reads the same words", (words, line) => {
  expect(windowsCommandLine(words)).toBe(line);
});

test("no login item takes a word that would start another line", () => {
  for (
    const make of [desktopEntry, (words: string[]) => launchAgent("x", words), windowsCommandLine]
  ) {
    expect(() => make(["/a\nExec=evil"])).toThrow("cannot be written down");
  }
});
