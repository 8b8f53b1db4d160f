from setuptools import find_packages, setup

setup(
    name="moorings",
    version="1.2.0",
    packages=find_packages("lib"),
    package_dir={"": "lib"},
    python_requires=">=3.10",
    install_requires=["bottle>=0.13", "platformdirs"],
    entry_points={"console_scripts": ["moorings = moorings.web:main"]},
)
