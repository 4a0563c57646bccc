package io.streamkeep.aws.dynamodb.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The hash of an item as stored: SHA-256 over its attributes in the order of their names, each with
 * its type and length, so that only identical items have the same hash. It covers compressed and
 * encrypted bytes as they are, so a chain of commits is verified without decrypting anything.
 */
final class ItemHash {

  private final MessageDigest digest;

  private ItemHash(MessageDigest digest) {
    this.digest = digest;
  }

  static SdkBytes of(Map<String, AttributeValue> item) {
    try {
      ItemHash hash = new ItemHash(MessageDigest.getInstance("SHA-256"));
      hash.add(item);
      return SdkBytes.fromByteArrayUnsafe(hash.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private void add(Map<String, AttributeValue> attributes) {
    length(attributes.size());
    new TreeMap<>(attributes)
        .forEach(
            (name, value) -> {
              add(name.getBytes(UTF_8));
              add(value);
            });
  }

  private void add(AttributeValue value) {
    digest.update((byte) value.type().name().charAt(0));
    switch (value.type()) {
      case S -> add(value.s().getBytes(UTF_8));
      case N -> add(value.n().getBytes(UTF_8));
      case B -> add(value.b().asByteArrayUnsafe());
      case M -> add(value.m());
      case L -> {
        length(value.l().size());
        value.l().forEach(this::add);
      }
      default -> throw new IllegalArgumentException("Not in a commit: " + value.type());
    }
  }

  private void add(byte[] bytes) {
    length(bytes.length);
    digest.update(bytes);
  }

  private void length(int length) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
  }
}
