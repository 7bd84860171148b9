// Errors of the operating system, such as a file that is not there: not those of the program, nor an interrupt.

export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}
