// Colour only supports what the words already say; without colour every function returns its text as it is.

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

const ESCAPE = "\u001b[";

function sgr(open: number, close: number): (text: string) => string {
  return (text) => (text === "" ? "" : `${ESCAPE}${open}m${text}${ESCAPE}${close}m`);
}

const plain = (text: string): string => text;

export const PLAIN: Style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain };

export const ANSI: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  yellow: sgr(33, 39),
  green: sgr(32, 39),
};
