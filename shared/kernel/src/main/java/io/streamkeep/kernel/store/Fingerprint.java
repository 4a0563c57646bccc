package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Distinguishes a repeated command from another one with the same id: 128 bits of a hash of the
 * request.
 */
public record Fingerprint(String value) {

  private static final int BYTES = 16;

  /**
   * The fingerprint of a request.
   *
   * @param action such as {@code POST /orders}
   * @param payload byte for byte as it was sent
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
