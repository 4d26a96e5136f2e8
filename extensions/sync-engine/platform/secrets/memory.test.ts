import { test } from "vitest";
import { createMemorySecrets } from "./memory.ts";
import { SECRETS_CONTRACT } from "./testing/secrets_contract.ts";

test.each(SECRETS_CONTRACT)(
  "createMemorySecrets(): $name",
  ({ run }) => run(createMemorySecrets()),
);
