using CsCheck;
using NUnit.Framework;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class BackoffTests
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(5, 16)]
    [TestCase(9, 256)]
    [TestCase(10, 300)]
    [TestCase(int.MaxValue, 300)]
    public void A_pause_doubles_up_to_the_longest(int attempt, int seconds) =>
        Assert.That(Backoff.After(attempt, s_first, s_longest), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void No_attempt_waits_less_than_the_one_before() => Gen.Int.Sample(attempt =>
        attempt == int.MaxValue
        || Backoff.After(attempt, s_first, s_longest) <= Backoff.After(attempt + 1, s_first, s_longest));
}
