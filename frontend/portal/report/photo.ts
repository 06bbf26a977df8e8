/**
 * A photo before it is sent: scaled down on the phone and drawn anew, so that nothing of what the camera wrote beside the
 * picture (place, time, device) leaves the phone.
 */

/** The longest side in pixels: enough to see a broken cover, little enough for a slow network. */
export const LONGEST = 1600;
/** What a photo may weigh, in bytes. */
export const HEAVIEST = 400_000;
const QUALITIES = [0.82, 0.7, 0.55, 0.4] as const;

export interface Size {
  width: number;
  height: number;
}

/** A size within a longest side, its shape kept; never enlarged, never nothing. */
export function fitted({ width, height }: Size, longest: number = LONGEST): Size {
  const shrunk = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * shrunk)), height: Math.max(1, Math.round(height * shrunk)) };
}

/** Draws at a size and a quality; the browser's canvas, or a test's. */
export type Draw = (size: Size, quality: number) => Promise<Blob | null>;

/**
 * The best drawing that isn't too heavy: first poorer qualities, then half the size, and so on down to a thumbnail.
 * Raises where the browser can't draw at all.
 */
export async function lightened(original: Size, draw: Draw, heaviest: number = HEAVIEST): Promise<Blob> {
  let best: Blob | null = null;
  for (let longest = LONGEST; longest >= 200; longest /= 2) {
    for (const quality of QUALITIES) {
      const drawn = await draw(fitted(original, longest), quality);
      if (!drawn) continue;
      if (drawn.size <= heaviest) return drawn;
      best = drawn;
    }
  }
  if (!best) throw new Error("this photo can't be drawn");
  return best;
}

/** A chosen file as a light JPEG. Raises where the phone can't read it (a format that it doesn't know). */
export async function scaled(file: Blob): Promise<Blob> {
  const picture = await read(file);
  const draw: Draw = (size, quality) =>
    new Promise((done) => {
      const canvas = document.createElement("canvas");
      canvas.width = size.width;
      canvas.height = size.height;
      const surface = canvas.getContext("2d");
      if (!surface) return done(null);
      surface.fillStyle = "#fff"; // a transparent screenshot becomes white, not black
      surface.fillRect(0, 0, size.width, size.height);
      surface.drawImage(picture, 0, 0, size.width, size.height);
      canvas.toBlob(done, "image/jpeg", quality);
    });
  return lightened({ width: picture.naturalWidth, height: picture.naturalHeight }, draw);
}

/** The picture upright: browsers since Chromium 81 turn it as the camera held it. */
function read(file: Blob): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(file);
  const picture = new Image();
  return new Promise<HTMLImageElement>((done, failed) => {
    picture.onload = () => done(picture);
    picture.onerror = () => failed(new Error("this photo can't be read"));
    picture.src = address;
  }).finally(() => URL.revokeObjectURL(address));
}
