import type { Page } from "playwright-core";

/** The library view, as a person sees it. */
export class LibraryPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get grid() {
    return this.page.getByRole("grid", { name: "Library" });
  }

  /** Rows with a model in them; what scrolled away does not count. */
  get rows() {
    return this.grid.getByRole("row").filter({ has: this.page.getByRole("checkbox") });
  }

  get summary() {
    return this.page.locator(".library-summary");
  }

  /** Opens the view and waits for its first rows. */
  async open(): Promise<void> {
    await this.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Library" })
      .click();
    await this.rows.first().waitFor();
  }

  tick(row: number) {
    return this.rows.nth(row).getByRole("checkbox");
  }

  async titles(): Promise<string[]> {
    const rows = await this.rows.all();
    const numbered = await Promise.all(rows.map(async (row) => ({
      n: Number(await row.getAttribute("aria-rowindex")),
      title: await row.locator(".asset-title").innerText(),
    })));
    return numbered.sort((a, b) => a.n - b.n).map(({ title }) => title);
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole("searchbox").fill(text);
  }
}
