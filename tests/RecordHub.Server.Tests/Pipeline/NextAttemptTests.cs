using NUnit.Framework;
using RecordHub.Core.Outbox;
using RecordHub.Server.Pipeline;
using RecordHub.Storage;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class NextAttemptTests
{
    private static readonly PipelineOptions s_options = new();
    private static readonly OutboxEntry s_item = new(OutboxTopic.Item, "x", 1, 0);

    [Test]
    public void An_engine_that_is_away_is_waited_for_for_ever_with_pauses_that_grow_to_a_limit()
    {
        OutboxEntry entry = s_item;
        TimeSpan last = TimeSpan.Zero;
        for (int i = 0; i < 1000; i++)
        {
            NextAttempt next = NextAttempt.After(FailureClass.Transient, entry, s_options);
            Assert.That(next.Entry.Attempts, Is.Zero);
            Assert.That(next.Pause, Is.InRange(last, s_options.LongestWaitForEngine));
            (entry, last) = (next.Entry, next.Pause!.Value);
        }

        Assert.That(last, Is.EqualTo(s_options.LongestWaitForEngine));
    }

    [Test]
    public void Poison_is_given_up_after_a_few_attempts()
    {
        OutboxEntry entry = s_item with { Setbacks = 100 };
        for (int attempt = 1; attempt < s_options.MaxAttempts; attempt++)
        {
            NextAttempt next = NextAttempt.After(FailureClass.Poison, entry, s_options);
            Assert.That((next.Entry.Attempts, next.Pause is null), Is.EqualTo((attempt, false)));
            entry = next.Entry;
        }

        Assert.That(NextAttempt.After(FailureClass.Poison, entry, s_options).Pause, Is.Null);
    }

    [Test]
    public void A_study_is_never_given_up() => Assert.That(
        NextAttempt.After(FailureClass.Poison, new OutboxEntry(OutboxTopic.Study, "1 1.2", 1, 1000), s_options).Pause,
        Is.EqualTo(s_options.LongestRetry));

    [Test]
    public void Whoever_was_not_first_tries_again_at_once_and_nothing_is_counted() => Assert.That(
        NextAttempt.After(FailureClass.Conflict, s_item, s_options),
        Is.EqualTo(new NextAttempt(s_item, TimeSpan.Zero)));

    [Test]
    public void No_pause_reaches_as_far_ahead_as_what_is_taken_for_a_clock_that_was_wrong()
    {
        PipelineOptions options = new();
        StorageOptions storage = new() { DataFolder = "." };

        Assert.That(options.LongestRetry + storage.StudyDelay, Is.LessThan(storage.FarthestDue));
        Assert.That(options.LongestWaitForEngine, Is.LessThan(storage.FarthestDue));
        Assert.That(options.Lease, Is.LessThan(storage.FarthestDue));
    }
}
