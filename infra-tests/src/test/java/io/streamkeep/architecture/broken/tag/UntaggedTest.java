package io.streamkeep.architecture.broken.tag;

final class UntaggedTest {}
