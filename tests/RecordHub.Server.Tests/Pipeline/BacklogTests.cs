using NUnit.Framework;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class BacklogTests
{
    [TestCase(false, 99, 100, false)]
    [TestCase(false, 100, 100, true)]
    [TestCase(true, 100, 100, true)]
    [TestCase(true, 76, 100, true)]
    [TestCase(true, 75, 100, false)]
    [TestCase(true, 1, 1, true)]
    [TestCase(true, 0, 1, false)]
    public void It_is_full_at_the_limit_and_open_again_when_a_quarter_is_free(
        bool full, long waiting, long limit, bool expected) =>
        Assert.That(Backlog.IsFullAfter(full, waiting, limit), Is.EqualTo(expected));
}
