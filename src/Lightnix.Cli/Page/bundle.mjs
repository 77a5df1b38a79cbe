// Makes artifacts/page/page.js.br and licences.txt.br: the script of the page with its libraries, and what their licences ask for.
// node bundle.mjs FOLDER, where npm has put node_modules. ./build pack calls it.
import { brotliCompressSync, constants } from "node:zlib";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));
const { build } = createRequire(join(folder, "package.json"))("esbuild");

const { outputFiles, metafile } = await build({
  entryPoints: [join(here, "page.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  metafile: true,
  nodePaths: [join(folder, "node_modules")],
  write: false,
});
const script = outputFiles[0].text;
// HTML would end the script there, or read it in another way.
for (const word of ["</script", "<!--"]) {
  if (script.toLowerCase().includes(word)) throw new Error(`the script of the page has '${word}', which HTML would misread`);
}

const packages = new Set(Object.keys(metafile.inputs)
  .map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)?.at(-1)?.slice("node_modules/".length, -1))
  .filter(Boolean));
const texts = new Map();
for (const name of [...packages].sort()) {
  const root = join(folder, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(root, file), "utf8").trim() : `Licence: ${license}`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
const licences = [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`).join("\n\n");

write("licences.txt.br", licences);
// The last: its time says that all is there.
write("page.js.br", script);
console.log(`page.js: ${script.length} characters with ${packages.size} packages`);

function write(name, text) {
  const bytes = Buffer.from(text, "utf8");
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  writeFileSync(join(folder, name), brotliCompressSync(bytes, options));
}
