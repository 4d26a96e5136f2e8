/** The systems that the app knows its way around. */
export type Os = "linux" | "darwin" | "windows";
