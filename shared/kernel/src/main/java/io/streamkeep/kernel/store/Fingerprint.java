package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Tells whether two commands with one id are one command: 128 bits of a hash of what was sent. */
public record Fingerprint(String value) {

  private static final int BYTES = 16;

  /**
   * Of a request.
   *
   * @param action what was asked for, such as {@code POST /orders}
   * @param payload as it was sent, byte for byte
   */
  public static Fingerprint of(String action, byte[] payload) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(action.length() + 1 + payload.length);
    all.writeBytes(action.getBytes(StandardCharsets.UTF_8));
    all.write('\n');
    all.writeBytes(payload);
    byte[] hash = Arrays.copyOf(Sha256.of(all.toByteArray()), BYTES);
    return new Fingerprint(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }
}
