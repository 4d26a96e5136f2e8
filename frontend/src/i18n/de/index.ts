export { dictionary } from "../en/index.ts";
