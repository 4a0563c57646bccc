package io.streamkeep.retail;

/** Write units for the same work, as it was done before and as it is done now. */
record Units(long before, long after) {

  static final Units NONE = new Units(0, 0);

  Units plus(Units other) {
    return new Units(before + other.before, after + other.after);
  }
}
