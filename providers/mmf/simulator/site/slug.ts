/** The form that titles take in addresses. */
export function slugOf(title: string): string {
  return title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
    .slice(0, 80) || "untitled";
}
