/** The version of the readers of files. A better reader has a higher one, and what older ones read can be read again. */
export const READER = 1;
