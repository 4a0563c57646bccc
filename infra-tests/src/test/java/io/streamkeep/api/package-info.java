/** Tests of the command generator. */
@org.jspecify.annotations.NullMarked
package io.streamkeep.api;
