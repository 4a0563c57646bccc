package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.runtime.RuntimeLoop;


import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LRETURN;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * The JDK's own system clock, as java.time gives it, changed to be fast by the milliseconds that
 * the runtime loop sets. What asks System.currentTimeMillis itself is not moved.
 */
final class JumpingClock {
  /** The methods that ask the machine for the time; all others of java.time ask these. */
  private static final Map<String, String> METHODS =
      Map.of(
          "Clock",
          "currentInstant",
          "Clock$SystemClock",
          "millis",
          "Clock$SystemInstantSource",
          "millis");

  private JumpingClock() {}

  /** Options of a VM that is to have such a clock, the classes of which are put into the folder. */
  static List<String> options(Path folder) throws IOException {
    Path patch = folder.resolve("jumping-clock");
    Path classes = Files.createDirectories(patch.resolve("java/time"));
    for (Map.Entry<String, String> method : METHODS.entrySet()) {
      String file = method.getKey() + ".class";
      try (InputStream original = Clock.class.getResourceAsStream(file)) {
        byte[] changed = changed(Objects.requireNonNull(original, file), method.getValue());
        Files.write(classes.resolve(file), changed);
      }
    }
    return List.of("--patch-module=java.base=" + patch);
  }

  private static byte[] changed(InputStream original, String method) throws IOException {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String type,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor same = super.visitMethod(access, name, type, signature, exceptions);
            return name.equals(method) ? new Jumping(same) : same;
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Adds the jump to what is returned: an instant, or milliseconds. */
  private static final class Jumping extends MethodVisitor {
    Jumping(MethodVisitor next) {
      super(ASM9, next);
    }

    @Override
    public void visitInsn(int code) {
      if (code == ARETURN) {
        pushJump();
        super.visitMethodInsn(
            INVOKEVIRTUAL, "java/time/Instant", "plusMillis", "(J)Ljava/time/Instant;", false);
      } else if (code == LRETURN) {
        pushJump();
        super.visitInsn(LADD);
      }
      super.visitInsn(code);
    }

    private void pushJump() {
      super.visitLdcInsn(RuntimeLoop.CLOCK_JUMP);
      super.visitInsn(LCONST_0);
      super.visitMethodInsn(
          INVOKESTATIC,
          "java/lang/Long",
          "getLong",
          "(Ljava/lang/String;J)Ljava/lang/Long;",
          false);
      super.visitMethodInsn(INVOKEVIRTUAL, "java/lang/Long", "longValue", "()J", false);
    }
  }
}
