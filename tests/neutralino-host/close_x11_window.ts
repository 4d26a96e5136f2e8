/** Bytes of an `XEvent`: a union, padded to 24 longs (Xlib.h). */
const EVENT_BYTES = 24 * 8;

const CLIENT_MESSAGE = 33;

/**
 * Sends the `WM_DELETE_WINDOW` of the ICCCM (4.2.8.1), as a window manager does for the button in the frame. `xdotool` can
 * do so from version 3.20211022 on only; Xlib is there wherever the host is. 64-bit only.
 */
export function closeX11Window(display: string, window: number): void {
  const library = Deno.dlopen("libX11.so.6", {
    XOpenDisplay: { parameters: ["buffer"], result: "pointer" },
    XInternAtom: { parameters: ["pointer", "buffer", "i32"], result: "u64" },
    XSendEvent: { parameters: ["pointer", "u64", "i32", "i64", "buffer"], result: "i32" },
    XCloseDisplay: { parameters: ["pointer"], result: "i32" },
  });
  const { XOpenDisplay, XInternAtom, XSendEvent, XCloseDisplay } = library.symbols;
  const text = (value: string) => new TextEncoder().encode(`${value}\0`);
  const connection = XOpenDisplay(text(display));
  if (connection === null) throw new Error(`There is no display ${display}`);
  const atom = (name: string) => XInternAtom(connection, text(name), 0);
  const event = new DataView(new ArrayBuffer(EVENT_BYTES));
  // struct XClientMessageEvent: type, serial, send_event, display, window, message_type, format, data.l
  event.setInt32(0, CLIENT_MESSAGE, true);
  event.setBigUint64(32, BigInt(window), true);
  event.setBigUint64(40, atom("WM_PROTOCOLS"), true);
  event.setInt32(48, 32, true);
  event.setBigUint64(56, atom("WM_DELETE_WINDOW"), true);
  XSendEvent(connection, BigInt(window), 0, 0n, new Uint8Array(event.buffer));
  // Sends what was not sent yet.
  XCloseDisplay(connection);
  library.close();
}
