package io.streamkeep.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.kernel.store.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Compressed texts. Stored format: raw deflate (RFC 1951) of each text's length in bytes (four,
 * big-endian) and its UTF-8.
 */
public final class DeflatedText {

  private DeflatedText() {}

  public static byte[] deflate(List<String> texts) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(deflated, deflater))) {
      for (String text : texts) {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // impossible in memory
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }

  /** Throws {@link UnreadableException} for anything that {@link #deflate} did not make. */
  public static List<String> inflate(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(deflated), inflater))) {
      List<String> texts = new ArrayList<>();
      byte[] all = in.readAllBytes();
      DataInputStream rest = new DataInputStream(new ByteArrayInputStream(all));
      while (rest.available() > 0) {
        int length = rest.readInt();
        byte[] bytes = rest.readNBytes(length);
        if (bytes.length != length) {
          throw new UnreadableException("Compressed texts are truncated");
        }
        texts.add(new String(bytes, UTF_8));
      }
      return texts;
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableException("Compressed texts are broken: " + e.getClass().getSimpleName());
    } finally {
      inflater.end();
    }
  }
}
