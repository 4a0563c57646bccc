@NullMarked
package io.streamkeep.aws.http;

import org.jspecify.annotations.NullMarked;
