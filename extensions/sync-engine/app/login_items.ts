/**
 * How each system wants to be told of a program to start: command lines in their three ways of quoting.
 *
 * @module
 */
import { SyncError } from "../platform/errors.ts";

/** What people see in the list of login items. */
const NAME = "MyMiniFactory Sync";

/** A file for `autostart`, as the freedesktop.org Desktop Entry Specification 1.5 wants it. */
export function desktopEntry(command: readonly string[]): string {
  return [
    "[Desktop Entry]",
    "Type=Application",
    `Name=${NAME}`,
    `Exec=${command.map(desktopWord).join(" ")}`,
    "Terminal=false",
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");
}

/** Whether the desktop would start it: some switch an entry off in place. */
export function isEnabledEntry(text: string): boolean {
  return !/^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
}

/** A property list for `LaunchAgents`, see launchd.plist(5). */
export function launchAgent(label: string, command: readonly string[]): string {
  const text = (value: string) =>
    `<string>${value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</string>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    "<dict>",
    `  <key>Label</key>${text(label)}`,
    "  <key>ProgramArguments</key>",
    `  <array>${command.map((word) => text(onOneLine(word))).join("")}</array>`,
    "  <key>RunAtLoad</key><true/>",
    "  <key>ProcessType</key><string>Interactive</string>",
    "</dict>",
    "</plist>",
    "",
  ].join("\n");
}

/** One command line that `CommandLineToArgvW` takes apart into the same words. */
export function windowsCommandLine(command: readonly string[]): string {
  return command.map((word) => {
    // Backslashes count only before a quote: there each stands twice.
    const escaped = onOneLine(word).replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&");
    return `"${escaped}"`;
  }).join(" ");
}

/** Quoted for `Exec`, then escaped once more as any string of a desktop entry; `%` starts a field code. */
function desktopWord(word: string): string {
  const quoted = onOneLine(word).replace(/["`$\\]/g, "\\$&").replaceAll("%", "%%");
  return `"${quoted.replaceAll("\\", "\\\\")}"`;
}

function onOneLine(word: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (!/[\u0000-\u001f\u007f]/.test(word)) return word;
  throw new SyncError("badInput", "The app lies in a folder whose name cannot be written down");
}
