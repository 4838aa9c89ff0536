// Naming and correctness rules of the live page. Layout is Prettier's business (package.json).
import { fileURLToPath } from "node:url";
import tseslint from "typescript-eslint";
import noImportCycle from "./lint/no_import_cycle.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const NO_PREFIX = { regex: "^k[A-Z]", match: false }; // kName, as constants are named in C++
const CONSTANT = { selector: "variable", modifiers: ["const", "global"], custom: NO_PREFIX };
const JSON_MEMBER = ["camelCase", "snake_case"]; // as the API names them

/** camelCase, and UPPER_CASE for the constants of a module; `memberFormat` is for members of types. */
const naming = (memberFormat) => [
  "error",
  { selector: "default", format: ["camelCase"] },
  { selector: ["variable", "memberLike"], format: ["camelCase"], custom: NO_PREFIX },
  {
    selector: "parameter",
    modifiers: ["unused"],
    format: ["camelCase"],
    leadingUnderscore: "allow",
  },
  { ...CONSTANT, format: ["camelCase", "UPPER_CASE"] },
  {
    ...CONSTANT,
    modifiers: ["const", "global", "destructured"],
    format: ["camelCase", "PascalCase"],
  },
  { selector: "import", format: ["camelCase", "PascalCase"] },
  { selector: "typeLike", format: ["PascalCase"] },
  { selector: "typeProperty", format: memberFormat },
  { selector: "objectLiteralProperty", format: [...JSON_MEMBER, "PascalCase"] },
  {
    selector: ["objectLiteralProperty", "typeProperty"],
    modifiers: ["requiresQuotes"],
    format: null,
  },
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    plugins: { gradus: { rules: { "no-import-cycle": noImportCycle } } },
    rules: {
      "gradus/no-import-cycle": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-useless-rename": "error",
      "object-shorthand": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: HERE },
    },
    rules: {
      "@typescript-eslint/naming-convention": naming(["camelCase"]),
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
    },
  },
  {
    files: ["src/model.ts", "src/api.ts"],
    rules: { "@typescript-eslint/naming-convention": naming(JSON_MEMBER) },
  },
  {
    files: ["**/*.mjs"],
    extends: [tseslint.configs.recommended],
    rules: { "@typescript-eslint/naming-convention": naming(["camelCase"]) },
  },
);
