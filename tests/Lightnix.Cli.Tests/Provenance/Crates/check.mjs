// Validates the RO-Crate in a folder by SHACL shapes, without a network. Prints each violation; exit code 1 if there is one.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import factory from '@rdfjs/data-model'
import datasets from '@rdfjs/dataset'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser } from 'n3'
import { Validator } from 'shacl-engine'

const [folder] = process.argv.slice(2)
const base = 'https://crate.example/'
const description = JSON.parse(readFileSync(join(folder, 'ro-crate-metadata.json')))
const context = JSON.parse(readFileSync(new URL('context.json', import.meta.url)))
const problems = []

// The contexts of the specifications, as far as a crate needs them: a term that they lack would vanish silently.
const terms = context['@context']
for (const entity of description['@graph']) {
  for (const term of [...Object.keys(entity).filter(k => !k.startsWith('@')), ...[entity['@type']].flat()]) {
    if (!(term in terms)) problems.push(`${entity['@id']}: the term '${term}' is in no context`)
  }
}
// Flat: an entity refers to others by their ids only, and each of them is described, or is an address.
const ids = new Set(description['@graph'].map(e => e['@id']))
if (ids.size !== description['@graph'].length) problems.push('an id is used twice')
for (const entity of description['@graph']) {
  for (const value of Object.values(entity).flat().filter(v => typeof v === 'object')) {
    if (Object.keys(value).join() !== '@id') problems.push(`${entity['@id']}: it holds another entity`)
    else if (!ids.has(value['@id']) && !value['@id'].includes('://')) problems.push(`${entity['@id']}: '${value['@id']}' is not described`)
  }
}
for (const entity of description['@graph'].filter(e => [e['@type']].flat().includes('File'))) {
  const file = join(folder, decodeURIComponent(entity['@id']))
  if (!existsSync(file)) { problems.push(`${entity['@id']}: there is no such file`); continue }
  if (entity.contentSize && statSync(file).size !== Number(entity.contentSize)) problems.push(`${entity['@id']}: it has another size`)
  if (createHash('sha256').update(readFileSync(file)).digest('hex') !== entity.sha256) problems.push(`${entity['@id']}: it has another hash`)
}

const loader = { load: async () => context }
const parser = new JsonLdParser({ baseIRI: base, documentLoader: loader, dataFactory: factory })
const data = datasets.dataset()
for await (const quad of Readable.from([JSON.stringify(description)]).pipe(parser)) data.add(quad)
const quads = new Parser({ baseIRI: base }).parse(readFileSync(new URL('shapes.ttl', import.meta.url), 'utf8'))
const shapes = datasets.dataset(quads)
const report = await new Validator(shapes, { factory }).validate({ dataset: data })
for (const result of report.results) {
  const message = result.message.map(m => m.value).join('; ')
  problems.push(`${result.focusNode.term.value}: ${message}`)
}
problems.forEach(p => console.log(p))
process.exit(problems.length > 0 ? 1 : 0)
