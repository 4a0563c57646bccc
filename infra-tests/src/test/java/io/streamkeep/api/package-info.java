/** Tests of random commands. */
@org.jspecify.annotations.NullMarked
package io.streamkeep.api;
