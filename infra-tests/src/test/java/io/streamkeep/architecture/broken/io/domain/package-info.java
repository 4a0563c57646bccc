@NullMarked
package io.streamkeep.architecture.broken.io.domain;

import org.jspecify.annotations.NullMarked;
