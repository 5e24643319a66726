using NUnit.Framework;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Core.Tests.Access;

/// <summary>SMART scopes: what is read, and what two sets both allow.</summary>
internal sealed class ScopeSetTests
{
    [TestCase("system/ImagingStudy.rs", "system/ImagingStudy.rs")]
    [TestCase("system/*.cruds", "system/*.crs")]
    [TestCase("system/Patient.read", "system/Patient.rs")]
    [TestCase("system/Patient.write", "system/Patient.c")]
    [TestCase("system/*.*", "system/*.crs")]
    [TestCase("system/*.rs?_tag=case|12", "system/*.rs?_tag=case|12")]
    [TestCase("system/*.cruds?_tag=case%7C12", "system/*.rs?_tag=case|12")]
    [TestCase("system/Patient.r system/Patient.s", "system/Patient.rs")]
    [TestCase("system/Patient.rs system/*.rs", "system/*.rs")]
    [TestCase("system/Patient.crs system/*.rs", "system/Patient.crs system/*.rs")]
    public void A_scope_is_read_and_written(string text, string written)
    {
        (ScopeSet set, IReadOnlyList<string> unknown) = ScopeSet.Parse(text);

        Assert.That(unknown, Is.Empty);
        Assert.That(set.ToString(), Is.EqualTo(written));
        Assert.That(ScopeSet.Parse(written).Set.ToString(), Is.EqualTo(written));
    }

    [TestCase("patient/*.rs")]
    [TestCase("system/*.sr")]
    [TestCase("system/*.rr")]
    [TestCase("system/*.")]
    [TestCase("system/*.ud")]
    [TestCase("system/Nothing.rs")]
    [TestCase("system/patient.rs")]
    [TestCase("system/*.rs?_tag=other|12")]
    [TestCase("system/*.rs?_tag=case|x")]
    [TestCase("system/*.rs?")]
    [TestCase("system/*.c?_tag=case|12")]
    [TestCase("system/Observation.rs?category=laboratory")]
    [TestCase("openid")]
    public void What_is_no_scope_of_ours_is_told(string text)
    {
        (ScopeSet set, IReadOnlyList<string> unknown) = ScopeSet.Parse(text);

        Assert.That(set.IsEmpty, Is.True);
        Assert.That(unknown, Is.EqualTo(new[] { text }));
    }

    [TestCase("system/*.rs", "system/Patient.cruds", "system/Patient.rs")]
    [TestCase("system/Patient.rs", "system/*.cruds", "system/Patient.rs")]
    [TestCase("system/Patient.rs", "system/Observation.rs", "")]
    [TestCase("system/*.r", "system/*.s", "")]
    [TestCase("system/*.rs?_tag=case|1", "system/*.rs", "system/*.rs?_tag=case|1")]
    [TestCase("system/*.rs", "system/Patient.s?_tag=case|1", "system/Patient.s?_tag=case|1")]
    [TestCase("system/*.rs?_tag=case|1", "system/*.rs?_tag=case|2", "")]
    [TestCase("system/*.rs system/Observation.c", "system/*.*", "system/*.rs system/Observation.c")]
    public void What_is_granted_lies_in_both(string registered, string asked, string granted)
    {
        ScopeSet one = ScopeSet.Parse(registered).Set;
        ScopeSet two = ScopeSet.Parse(asked).Set;

        Assert.That(one.Meet(two).ToString(), Is.EqualTo(granted));
        Assert.That(two.Meet(one).Scopes, Is.EquivalentTo(one.Meet(two).Scopes));
    }

    [Test]
    public void The_types_of_an_action_are_its_own()
    {
        ScopeSet set = ScopeSet.Parse("system/*.s system/Patient.r system/Observation.cr").Set;

        Assert.That(set.TypesOf(ResourceAction.Search), Is.Null);
        Assert.That(set.TypesOf(ResourceAction.Read), Is.EqualTo(new[] { "Patient", "Observation" }));
        Assert.That(set.TypesOf(ResourceAction.Create), Is.EqualTo(new[] { "Observation" }));
        Assert.That(set.Allows(ResourceAction.Read, "Condition"), Is.False);
        Assert.That(set.Allows(ResourceAction.Search, "Condition"), Is.True);
    }

    [Test]
    public void Too_many_scopes_are_told()
    {
        string text = string.Join(' ', Enumerable.Repeat("system/*.rs", 300));

        Assert.That(ScopeSet.Parse(text).Unknown, Is.Not.Empty);
    }
}
