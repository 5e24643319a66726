using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Fhir;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class PageCursorTests
{
    private readonly PageCursor _cursors = new(new OwnKeys());

    [SetUp]
    public Task LoadAsync() => _cursors.LoadAsync(CancellationToken.None);

    [Test]
    public void Open_gives_back_what_was_sealed()
    {
        string cursor = _cursors.Seal("/Patient", "family=M%C3%BCller&_count=2", "42");

        Assert.That(_cursors.Open("/Patient", cursor), Is.EqualTo(("family=M%C3%BCller&_count=2", "42")));
        Assert.That(cursor, Does.Not.Contain("ller"));
    }

    [Test]
    public void Open_refuses_another_path()
    {
        string cursor = _cursors.Seal("1/Patient", "a=b", "42");

        Assert.That(Assert.Throws<RefusedException>(() => _cursors.Open("2/Patient", cursor))!.Status, Is.EqualTo(400));
    }

    [TestCase("")]
    [TestCase("!!")]
    [TestCase("AAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Open_refuses_what_is_none_of_ours(string cursor) =>
        Assert.Throws<RefusedException>(() => _cursors.Open("/Patient", cursor));

    private sealed class OwnKeys : ISharedKeys
    {
        public Task<byte[]> GetOrAddAsync(string name, byte[] candidate, CancellationToken cancellationToken) =>
            Task.FromResult(candidate);
    }
}
