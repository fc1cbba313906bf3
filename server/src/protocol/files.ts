// Files that the server asks its client for, so that it can read them wherever the client's file system is: on a disk, remote or in a browser.

/** From server to client: the names of the files in a folder; an empty list where it cannot be read. */
export const listFolderMethod = 'shapelint/listFolder';
/** From server to client: the text of a file, or null where it cannot be read. */
export const readTextMethod = 'shapelint/readText';
/** From client to server: the text of a file that ships with the server, or null where there is none of that name. */
export const shippedTextMethod = 'shapelint/shippedText';

/** The address of a file or folder. */
export interface AddressRequest {
  readonly uri: string;
}

/** The scheme of files that ship with the server. */
export const shippedScheme = 'shapelint';
