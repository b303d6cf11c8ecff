// The page's own files, read once from where the build puts them and served from memory.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { packageFile } from '../../core/package-root.ts';
import type { Route } from '../http/route.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The modules are compiled; from source too they are served as the last build left them. */
export function pageRoutes(folder = packageFile('dist', 'src', 'observe', 'page')): readonly Route[] {
  const names = readdirSync(folder).filter((name) => extname(name) in TYPES);
  return names.map((name) => {
    const answer = { status: 200, type: TYPES[extname(name)]!, body: readFileSync(join(folder, name)) };
    return { method: 'GET', path: name === 'index.html' ? '/' : `/${name}`, handle: () => answer };
  });
}
