package io.millrace.inference.poster.intent;

import java.util.List;

/**
 * What a prompt says beside its facts.
 *
 * @param latent the prompt's embedding, projected to as many numbers as the pattern network's latent vector has; empty without a prompt
 * @param tone playful, formal, elegant, energetic, warm or neutral
 * @param audience children, students, young, professionals, families or everyone
 * @param look kind of pattern that suits a reference picture; empty when there is none
 */
public record Mood(List<Float> latent, String tone, String audience, String look) {
    /** Says nothing. */
    public static final Mood NEUTRAL = new Mood(List.of(), "neutral", "everyone", "");

    public Mood {
        latent = List.copyOf(latent);
    }
}
