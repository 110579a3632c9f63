package io.millrace.inference.roadmap.intent;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Goal.Match;
import io.millrace.inference.roadmap.Goal.Pace;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Level;
import io.millrace.inference.roadmap.Roadmaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Phase {@code roadmap_intent}: subject, level, time and topics of a goal in English or Chinese. */
public final class IntentAnalysisFunction implements PhaseFunction {
    private static final double DEFAULT_HOURS = 6;
    private static final int MAX_WEEKS = 104;
    private static final int LONGEST_NAME = 40;
    private static final double MAX_HOURS = 60;

    private final SentenceEmbedder embedder;
    private final Knowledge knowledge;
    private final SubjectMatcher matcher;

    public IntentAnalysisFunction(SentenceEmbedder embedder, Knowledge knowledge) throws TranslateException {
        this.embedder = embedder;
        this.knowledge = knowledge;
        matcher = new SubjectMatcher(embedder, knowledge);
    }

    @Override
    public String name() {
        return "roadmap_intent";
    }

    @Override
    public String version() {
        return embedder.version() + "/maps-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        GoalParams params = GoalParams.read(input.params());
        GoalText text = GoalText.read(params.goal());
        if (text.topic().isEmpty()) {
            throw PhaseFailure.badInput("goal", "names nothing to learn: say what, e.g. \"Learn Kafka in 4 weeks\"");
        }
        String language = params.language() == null ? GoalText.language(params.goal()) : params.language();
        Match match = match(params, text, language.equals("zh"));
        List<String> assumptions = new ArrayList<>();
        Level level = level(params, text, language, assumptions);
        Pace pace = pace(params, text, knowledge.subject(match.subject()), language, assumptions);
        if (match.subject().equals(Knowledge.GENERAL)) {
            assumptions.add(say(
                    language,
                    "There is no subject map for \"" + match.name()
                            + "\": the plan follows the general way of learning a skill.",
                    "没有“" + match.name() + "”的学科图谱：按通用的技能学习方法规划。"));
        }
        List<String> topics = new ArrayList<>(params.topics());
        text.topics().stream().filter(topic -> !topics.contains(topic)).forEach(topics::add);
        Goal goal = new Goal(
                params.goal(), language, title(text, match, pace, language), match, level, pace, topics, assumptions);
        ObjectNode output = Json.write(goal);
        output.set("model_info", Roadmaps.modelInfo());
        return new PhaseOutput(output, facts(goal));
    }

    private Match match(GoalParams params, GoalText text, boolean chinese) throws PhaseFailure {
        try {
            return matcher.match(text, params.goal(), chinese);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static Level level(GoalParams params, GoalText text, String language, List<String> assumptions) {
        if (params.level() != null) {
            return params.level();
        }
        if (text.level() != null) {
            return text.level();
        }
        assumptions.add(say(language, "No level was given: a beginner.", "未说明基础：按初学者规划。"));
        return Level.BEGINNER;
    }

    private static Pace pace(
            GoalParams params, GoalText text, Knowledge.Subject subject, String language, List<String> assumptions) {
        Double hours = params.hoursPerWeek() == null ? text.hoursPerWeek() : params.hoursPerWeek();
        if (hours == null) {
            hours = DEFAULT_HOURS;
            assumptions.add(say(language, "No hours were given: 6 a week.", "未说明投入：按每周 6 小时。"));
        }
        Integer weeks = params.weeks() == null ? text.weeks() : params.weeks();
        if (weeks == null) {
            double all = subject.concepts().stream()
                    .mapToDouble(Knowledge.Entry::hours)
                    .sum();
            weeks = (int) Math.ceil(all / hours);
            assumptions.add(say(
                    language,
                    "No time was given: " + weeks + " weeks, what the subject takes at this pace.",
                    "未说明期限：按此节奏约需 " + weeks + " 周。"));
        }
        return new Pace(
                Math.min(MAX_WEEKS, Math.max(1, weeks)), Math.min(MAX_HOURS, Math.max(0.5, hours)), params.seed());
    }

    private static String title(GoalText text, Match match, Pace pace, String language) {
        String name = text.topic().length() <= LONGEST_NAME ? text.topicAsName() : match.name();
        String weeks = pace.weeks() == 1 ? "one week" : pace.weeks() + " weeks";
        return say(language, name + " in " + weeks, name + "：" + pace.weeks() + "周学习路线");
    }

    private static Map<String, String> facts(Goal goal) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("subject", goal.match().subject());
        facts.put("matched_by", goal.match().by());
        facts.put("score", Double.toString(goal.match().score()));
        facts.put("language", goal.language());
        facts.put("level", goal.level().label());
        facts.put("weeks", Integer.toString(goal.pace().weeks()));
        facts.put("hours_per_week", Double.toString(goal.pace().hoursPerWeek()));
        facts.put("topics", Integer.toString(goal.topics().size()));
        return facts;
    }

    private static String say(String language, String english, String chinese) {
        return language.equals("zh") ? chinese : english;
    }
}
