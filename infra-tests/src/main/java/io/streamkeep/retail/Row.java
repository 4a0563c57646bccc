package io.streamkeep.retail;

/** A row of the file as text, with the line that it starts on, counted from 1. */
record Row(
    long line,
    String invoice,
    String sku,
    String description,
    String quantity,
    String unitPrice,
    String customer,
    String country) {}
