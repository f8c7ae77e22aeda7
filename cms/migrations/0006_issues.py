"""A starter vocabulary of issues. Yours from then on: rename, retire, merge and add in the admin."""

from django.db import migrations

ISSUES = [
    ("minimum-wage", "Minimum wage and job quality", "living wage\nworking poor\nwages"),
    ("paid-leave", "Paid family and sick leave", "family leave\nsick days\nparental leave"),
    ("housing-displacement", "Housing and displacement", "eviction\nrent\nhomelessness\naffordable housing"),
    ("criminal-justice-reform", "Criminal justice reform", "incarceration\nreentry\npolicing"),
    ("environmental-justice", "Environmental justice", "air quality\npollution\nclimate"),
    ("transit", "Transit and transportation", "buses\nwalking\nroad safety"),
    ("food-security", "Food security", "hunger\ngroceries\nSNAP"),
    ("education", "Education", "schools\nstudents"),
    ("early-childhood", "Early childhood", "child care\nHead Start\npreschool"),
    ("immigration", "Immigration", "immigrants\nrefugees\nlanguage access"),
    ("health-care-access", "Access to health care", "Medicaid\nMedicare\nhealth insurance"),
    ("health-disparities", "Health equity and disparities", "racial equity\nhealth inequities"),
    ("mental-health", "Mental health and substance use", "behavioral health\noverdose"),
    ("tobacco", "Tobacco and smoking", "smoke-free\nvaping\nsecondhand smoke"),
    ("drug-prices", "Prices of medicines", "prescription drugs\nPart D"),
    ("older-adults", "Older adults", "aging\nnursing homes\nlong-term care"),
    ("veterans", "Veterans", ""),
    ("worker-safety", "Safety at work", "occupational health\nheat"),
    ("consumer-finance", "Household finances", "payday loans\ndebt\nconsumer protection"),
    ("poverty-income-support", "Poverty and income support", "cash assistance\ntax credits"),
    ("tribal-communities", "Tribal communities", "American Indian\nAlaska Native\nIndian Health Service"),
    ("public-health-preparedness", "Public health preparedness", "emergencies\npandemic\nvaccines"),
    ("program-integrity", "Program integrity", "fraud\noversight\naudits"),
]


def load(apps, schema_editor):
    Issue = apps.get_model("cms", "Issue")
    for slug, name, synonyms in ISSUES:
        Issue.objects.get_or_create(slug=slug, defaults={"name": name, "synonyms": synonyms})


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_site")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
