package com.amazonaws.services.lambda.crac;

/**
 * The other native part of AWS's runtime client. A process that is its own restoration may keep the
 * addresses that it has resolved.
 */
final class DNSManager {
  private DNSManager() {}

  static void clearCache() {}
}
