export function isCompiled(root: string, stamp?: string): boolean;
export function newestIn(folder: string, ending: string): number;
export function modifiedAt(path: string): number;
