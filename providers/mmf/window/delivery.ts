/** What the app writes before the script: where the library is to go. */
export interface Delivery {
  /** Takes one form with the field `library`. */
  readonly address: string;
  /** Only pages from here may hand anything over. */
  readonly origin: string;
}
